import type { Place } from './lay-trees.ts'
import { accepts, factsOf, type Situation } from './situation.ts'

/** Leaves nobody out. */
export const NOBODY: ReadonlySet<number> = new Set()

/** Who may lead a branch besides its own lead: numbers of people, -1 for nobody. */
export interface Stand {
  /** By place: the nearest place above where somebody stands at an accepting answer; -1 where there is none. */
  placeAbove: Int32Array
  /** By place: the person himself or herself if accepting, else the first deputy who answered. */
  holds: Int32Array
  /** By place: the nearest accepting sibling before it and after it, as ranks; -1 where there is none. */
  before: Int32Array
  after: Int32Array
}

/** One pass over all places, so that a branch finds who could lead it without searching. */
export function findStand(situation: Situation): Stand {
  const { places } = situation
  const list = () => new Int32Array(places.length).fill(-1)
  const stand: Stand = { placeAbove: list(), holds: list(), before: list(), after: list() }
  for (let index = 0; index < places.length; index++) {
    const place = places[index]
    if (!place) continue
    stand.holds[index] = accepts(situation, place.person) ? place.person : firstDeputy(situation, place, NOBODY)
    const above = place.above
    if (above >= 0) stand.placeAbove[index] = at(stand.holds, above) >= 0 ? above : at(stand.placeAbove, above)
    if (place.rank === 0) linkSiblings(situation, place.siblings, stand)
  }
  return stand
}

function linkSiblings(situation: Situation, siblings: readonly number[], stand: Stand): void {
  const acceptsAt = (rank: number) => {
    const place = situation.places[siblings[rank] ?? -1]
    return place !== undefined && accepts(situation, place.person)
  }
  let last = -1
  for (let rank = 0; rank < siblings.length; rank++) {
    stand.before[siblings[rank] ?? -1] = last
    if (acceptsAt(rank)) last = rank
  }
  last = -1
  for (let rank = siblings.length - 1; rank >= 0; rank--) {
    stand.after[siblings[rank] ?? -1] = last
    if (acceptsAt(rank)) last = rank
  }
}

/** The accepting deputy of a place who answered first; -1 where there is none. */
export function firstDeputy(situation: Situation, place: Place, used: ReadonlySet<number>): number {
  let first = -1
  for (const deputy of place.deputies) {
    if (deputy === place.person || used.has(deputy) || !accepts(situation, deputy)) continue
    if (first < 0 || answeredAt(situation, deputy) < answeredAt(situation, first)) first = deputy
  }
  return first
}

/** When somebody who accepts now did so first, UTC milliseconds. */
export function answeredAt(situation: Situation, person: number): number {
  const { firstAnswer, latestAnswer } = factsOf(situation, person)
  return (firstAnswer?.accepts ? firstAnswer.at : latestAnswer?.at) ?? 0
}

/** The entry at an index; -1 where there is none. */
export function at(list: Int32Array, index: number): number {
  return list[index] ?? -1
}
