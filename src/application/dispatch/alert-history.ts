import type { Alert } from '../../domain/alerts/alert.ts'
import { type Answered, type ContactFacts, UNTOUCHED } from '../../domain/strategies/contact-facts.ts'
import { type LaidTrees, layTrees } from '../../domain/strategies/lay-trees.ts'
import type { FrozenTree } from '../../domain/strategies/strategy-rules.ts'
import type { Deps } from '../deps.ts'
import type { RecipientFacts } from '../ports/strategy-store.ts'

/** The frozen trees of a running alert and what has happened with people, kept up with what changes. */
export interface AlertHistory {
  alert: Alert
  trees: LaidTrees
  /** By person. */
  people: Map<string, ContactFacts>
  /** Reads what has changed since it was called last. */
  update(): Promise<void>
}

/** Reads the trees of an alert, once; `update` then reads what happened. */
export async function openHistory(deps: Deps, alert: Alert): Promise<AlertHistory> {
  const store = deps.store.strategies
  const frozen = await store.frozenTrees(alert)
  const trees = layTrees(frozen)
  const states = new Map<string, Pick<ContactFacts, 'duty' | 'removedAt'>>()
  for (const { person, ...state } of await store.states(trees.people)) states.set(person, state)
  const blank = (person: string) => ({ ...UNTOUCHED, ...states.get(person) })
  const recipients = new Map<string, ContactFacts>()
  const people = new Map([...states.keys()].map((person) => [person, blank(person)]))
  const accepts = new Set(alert.manifest.template.responses.flatMap((option) => (option.accepts ? option.code : [])))
  const joined = new Set<string>()
  let since = 0
  let absent: string[] = []

  const history: AlertHistory = {
    alert,
    trees,
    people,
    async update() {
      for (const person of absent) people.set(person, recipients.get(person) ?? blank(person))
      const before = joined.size
      for (const facts of await store.facts(alert.id, since)) {
        since = facts.changedAt
        const known = toContactFacts(facts, accepts, blank(facts.person))
        recipients.set(facts.person, known)
        people.set(facts.person, known)
        if (facts.joined && !trees.numbers.has(facts.person)) joined.add(facts.person)
      }
      if (joined.size > before) history.trees = layTrees([...frozen, listOfJoined(joined)])
      const absences = await store.absences(alert)
      absent = absences.map(({ person }) => person).filter((person) => history.trees.numbers.has(person))
      for (const { person, ...absence } of absences) {
        const facts = people.get(person) ?? blank(person)
        people.set(person, { ...facts, awayUntil: absence.awayUntil, removedAt: absence.removedAt ?? facts.removedAt })
      }
    },
  }
  return history
}

function toContactFacts(facts: RecipientFacts, accepts: ReadonlySet<string>, blank: ContactFacts): ContactFacts {
  const { startedAt, exhaustedAt, notNeededAt, neededAgainAt, because } = facts
  const answered = (answer: RecipientFacts['firstAnswer']): Answered | null =>
    answer && { at: answer.at, accepts: accepts.has(answer.response) }
  return {
    ...blank,
    startedAt,
    exhaustedAt,
    notNeededAt,
    neededAgainAt,
    deputyFor: because?.why === 'deputy_for' ? because.person : null,
    owed: because?.why === 'added' && !facts.mayHaveIt,
    firstAnswer: answered(facts.firstAnswer),
    latestAnswer: answered(facts.latestAnswer),
  }
}

/** People who were added to a running alert are one more flat list. */
function listOfJoined(joined: ReadonlySet<string>): FrozenTree {
  return { id: 'joined', nodes: [...joined].map((person) => ({ person, deputies: [] })) }
}
