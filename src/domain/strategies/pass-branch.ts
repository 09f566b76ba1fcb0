import { type Standing, standingOf } from './contact-facts.ts'
import type { Pass } from './decision.ts'
import { answeredAt, at, firstDeputy, NOBODY, type Stand } from './find-stand.ts'
import type { Place } from './lay-trees.ts'
import { accepts, canStart, factsOf, idOf, type Situation } from './situation.ts'

/**
 * Who leads a branch now, and the pass that brings it about, if any. The lead is the place's own person until he or she
 * is silent, declines, cannot be reached, is away or removed. Then it goes to the first deputy who answered, else to the
 * nearest sibling who answered, else to the nearest person above who answered or, there, a deputy who did. Nobody
 * else gets it twice. A lead that nobody took goes to the first of them, or the person, who answers after all.
 *
 * @param patient waits for deputies who may still answer before it goes further
 */
export function findLeader(
  situation: Situation,
  stand: Stand,
  index: number,
  own: Standing,
  hold: number,
  patient: boolean,
): { leader: number; pass: Pass | null; waitUntil: number | null } {
  const place = situation.places[index]
  if (!place) return { leader: -1, pass: null, waitUntil: null }
  const passes = situation.passesAt.get(index) ?? []
  const last = passes.at(-1)
  const holder = last ? (last.to === null ? -1 : (situation.numbers.get(last.to) ?? -1)) : place.person
  const standing = holder === place.person ? own : standingOf(factsOf(situation, holder), null, hold, situation.now)
  const trouble = standing.state === 'accepts' || standing.state === 'waiting' ? null : standing.state
  if (holder >= 0 && trouble === null) return { leader: holder, pass: null, waitUntil: null }

  const used = passes.length === 0 ? NOBODY : new Set(passes.map((pass) => situation.numbers.get(pass.to ?? '') ?? -1))
  const near = nearLeader(situation, place, used)
  const waitUntil = near ? null : deputiesUntil(situation, place, own, hold)
  const next = near ?? (patient && waitUntil !== null ? null : farLeader(situation, stand, index, used))
  if (!next && (holder < 0 || waitUntil !== null)) return { leader: -1, pass: null, waitUntil }

  const to = next?.person ?? -1
  const pass: Pass = {
    tree: place.tree,
    branch: idOf(situation, place.person),
    from: holder < 0 ? null : idOf(situation, holder),
    to: to < 0 ? null : idOf(situation, to),
    as: next?.as ?? 'nobody',
    why: holder < 0 || trouble === null ? 'answered' : trouble,
    at: Math.min(situation.now, Math.max(holder < 0 ? 0 : standing.at, to < 0 ? 0 : answeredAt(situation, to))),
  }
  return { leader: to, pass, waitUntil: null }
}

interface Candidate {
  person: number
  as: Pass['as']
}

function nearLeader(situation: Situation, place: Place, used: ReadonlySet<number>): Candidate | null {
  const { person } = place
  if (accepts(situation, person)) return { person, as: 'lead' }
  const deputy = firstDeputy(situation, place, used)
  return deputy < 0 ? null : { person: deputy, as: 'deputy' }
}

function farLeader(situation: Situation, stand: Stand, index: number, used: ReadonlySet<number>): Candidate | null {
  const place = situation.places[index]
  if (!place) return null
  let before = at(stand.before, index)
  let after = at(stand.after, index)
  while (before >= 0 || after >= 0) {
    const nearer = after < 0 || (before >= 0 && place.rank - before <= after - place.rank) ? before : after
    const sibling = place.siblings[nearer] ?? -1
    const person = situation.places[sibling]?.person ?? -1
    if (!used.has(person)) return { person, as: 'sibling' }
    if (nearer === before) before = at(stand.before, sibling)
    else after = at(stand.after, sibling)
  }
  // One may stand at several places above; so few steps pass everybody who has had it, however deep the tree is.
  let above = at(stand.placeAbove, index)
  for (let step = 0; above >= 0 && step <= used.size; step++) {
    const person = at(stand.holds, above)
    if (!used.has(person)) return { person, as: 'above' }
    above = at(stand.placeAbove, above)
  }
  return null
}

/** The first time at which a deputy who may still answer counts as silent; null when none may. */
function deputiesUntil(situation: Situation, place: Place, own: Standing, hold: number): number | null {
  const trouble = own.state !== 'accepts' && own.state !== 'waiting'
  let until: number | null = null
  for (const deputy of place.deputies) {
    if (deputy === place.person) continue
    const facts = factsOf(situation, deputy)
    // This decision starts the deputies of somebody in trouble; whoever it does not start is not waited for.
    if (facts.startedAt === null && (!trouble || !canStart(situation, deputy))) continue
    const standing = standingOf(facts, facts.startedAt ?? situation.now, hold, situation.now)
    if (standing.state === 'waiting' && (until === null || standing.at < until)) until = standing.at
  }
  return until
}
