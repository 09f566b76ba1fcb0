import { walkTree } from '../trees/walk-tree.ts'
import type { FrozenTree } from './strategy-rules.ts'

/** One person's place in one tree. People and places are numbers here: indexes into the lists of `LaidTrees`. */
export interface Place {
  tree: string
  person: number
  /** The place above; -1 at a root. */
  above: number
  children: number[]
  /** People, the first first. */
  deputies: readonly number[]
  /** The places beside this one and itself, in order. */
  siblings: number[]
  /** The index in `siblings`. */
  rank: number
}

/** The trees of an alert, laid out so that a decision takes one pass. */
export interface LaidTrees {
  /** Ids: first everybody who has a place, in the order of the trees and level by level, then other deputies. */
  people: string[]
  numbers: ReadonlyMap<string, number>
  /** Tree by tree, level by level: a place always comes after the one above it. */
  places: Place[]
  /** By person. */
  placesOf: readonly (readonly number[])[]
}

const NONE: readonly number[] = []

/** Lays out the trees of an alert; frozen as they are, once is enough, and a tree that is given twice
 * counts once. Loops and unknown parents are as in `walkTree`. */
export function layTrees(trees: readonly FrozenTree[]): LaidTrees {
  const people: string[] = []
  const numbers = new Map<string, number>()
  const placesOf: number[][] = []
  const places: Place[] = []
  const number = (person: string): number => {
    const known = numbers.get(person)
    if (known !== undefined) return known
    numbers.set(person, people.length)
    placesOf.push([])
    return people.push(person) - 1
  }

  const named: string[][] = []
  for (const { id, nodes } of new Map(trees.map((tree) => [tree.id, tree])).values()) {
    const roots: number[] = []
    const placeOf = new Map<string, number>()
    for (const { person, parent, deputies, depth } of walkTree(nodes)) {
      const above = depth === 0 || parent === undefined ? -1 : (placeOf.get(parent) ?? -1)
      const siblings = places[above]?.children ?? roots
      const own = number(person)
      placeOf.set(person, places.length)
      placesOf[own]?.push(places.length)
      const rank = siblings.push(places.length) - 1
      places.push({ tree: id, person: own, above, children: [], deputies: NONE, siblings, rank })
      named.push(deputies)
    }
  }
  for (const [index, deputies] of named.entries()) {
    const place = places[index]
    if (place && deputies.length > 0) place.deputies = deputies.map(number)
  }
  return { people, numbers, places, placesOf }
}
