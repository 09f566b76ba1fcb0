import { callThroughTrees } from './call-through-trees.ts'
import type { ContactHistory } from './contact-facts.ts'
import type { Decision } from './decision.ts'
import { fillQuorum } from './fill-quorum.ts'
import type { LaidTrees } from './lay-trees.ts'
import { assess } from './situation.ts'
import type { AlertRules } from './strategy-rules.ts'

/**
 * Who is next, and why: a pure function of the frozen trees, of what has happened and of the time. Takes one pass over
 * the trees. Decide again whenever something was recorded, and at `nextAt`.
 *
 * - `broadcast`: everybody at once, and the deputies of those who are away, removed or unreachable.
 * - `cascade`: the people below somebody as soon as he or she answers, has been silent for the hold time, cannot be
 *   reached, is removed or away. Except after a yes, the deputies too, and the lead of the branch passes on.
 * - `relay`: the same, but whoever leads a branch and has answered gets a card with the people to phone. These are
 *   contacted directly when marked as not reached, when the card's time is over, or when nobody holds a card.
 * - `quorum`: in order, by waves, until enough people stand at an accepting answer.
 *
 * People who sit in several trees are one: contacted once, and what they do counts in all of them. Nobody is started who
 * has answered or was started before. Someone away is started on return, or at once where lives may depend on it.
 *
 * @param now UTC milliseconds
 */
export function decideContacts(alert: AlertRules, trees: LaidTrees, history: ContactHistory, now: number): Decision {
  const situation = assess(alert, trees, history, now)
  return alert.strategy.name === 'quorum'
    ? fillQuorum(alert.strategy, situation)
    : callThroughTrees(alert.strategy, situation)
}
