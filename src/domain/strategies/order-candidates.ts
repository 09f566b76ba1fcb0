import { standingFor } from './needed-people.ts'
import { factsOf, idOf, type Situation } from './situation.ts'

export interface Candidates {
  /** Everybody who may be contacted, the first first. */
  order: number[]
  /** For whom a deputy stands in. */
  standsInFor: Map<number, number[]>
}

/**
 * The order of a quorum: tree by tree, level by level, with the deputies of whoever cannot be counted upon directly
 * behind him or her, and their own deputies likewise. Everybody once.
 */
export function orderCandidates(situation: Situation, hold: number): Candidates {
  const order: number[] = []
  const standsInFor = new Map<number, number[]>()
  const seen = new Uint8Array(situation.people.length)
  for (const place of situation.places) {
    const next = [place.person]
    for (let person = next.pop(); person !== undefined; person = next.pop()) {
      if (seen[person] !== 0) continue
      seen[person] = 1
      order.push(person)
      const { state } = standingFor(situation, person, hold)
      if (state === 'accepts') continue
      for (const deputy of deputiesOf(situation, person).reverse()) {
        if (state === 'waiting' && !wasAsked(situation, deputy, person)) continue
        const group = standsInFor.get(deputy)
        if (group) group.push(person)
        else standsInFor.set(deputy, [person])
        if (state !== 'waiting') next.push(deputy)
      }
    }
  }
  return { order, standsInFor }
}

/**
 * Whether a deputy was asked for the person, or while he or she was away: somebody's return alone, also an early one,
 * takes no duty from who said yes to it.
 */
function wasAsked(situation: Situation, deputy: number, absent: number): boolean {
  const { awayUntil } = factsOf(situation, absent)
  const { startedAt, firstAnswer, deputyFor } = factsOf(situation, deputy)
  if (deputyFor === idOf(situation, absent)) return true
  const asked = startedAt ?? firstAnswer?.at
  return awayUntil !== null && asked !== undefined && asked < awayUntil
}

function deputiesOf(situation: Situation, person: number): number[] {
  const deputies = new Set<number>()
  for (const index of situation.placesOf[person] ?? []) {
    for (const deputy of situation.places[index]?.deputies ?? []) if (deputy !== person) deputies.add(deputy)
  }
  return [...deputies]
}
