import { findCycles } from './find-cycles.ts'
import type { TreeNode } from './tree.ts'

export interface KeptPlaces {
  nodes: TreeNode[]
  /** Who stands where they stood because the file does not say where. */
  kept: string[]
  /** Whose old place would have closed a loop with what the file says: they are at the top now. */
  raised: string[]
}

/**
 * The tree of a file with everybody in it who was in the tree before: whoever the file does not place keeps their parent,
 * and deputies stay where it names none, so that a file about some of the people takes nobody out.
 *
 * @param placed whose parent, or place at the top, the file says
 * @param remains whether somebody is still known; whoever a person gone called is called by whom they were called by
 */
export function keepPlaces(
  built: readonly TreeNode[],
  before: readonly TreeNode[],
  placed: ReadonlySet<string>,
  remains: (person: string) => boolean,
): KeptPlaces {
  const nodes = new Map(built.map((node) => [node.person, node]))
  const old = new Map(before.map((node) => [node.person, node]))
  const kept = new Set<string>()
  for (const { person, deputies } of before) {
    if (!remains(person)) continue
    const node = nodes.get(person) ?? { person, deputies: [] }
    const parent = node.parent ?? (placed.has(person) ? undefined : findRemaining(person, old, remains))
    if (!placed.has(person) && node.parent === undefined) kept.add(person)
    const those = node.deputies.length > 0 ? node.deputies : deputies.filter(remains)
    nodes.set(person, { person, deputies: those, ...(parent === undefined ? {} : { parent }) })
  }
  const raised: string[] = []
  for (const loop of findCycles(nodes.values())) {
    const person = loop.find((member) => kept.has(member))
    if (person === undefined) continue
    raised.push(person)
    kept.delete(person)
    nodes.set(person, { person, deputies: nodes.get(person)?.deputies ?? [] })
  }
  return { nodes: [...nodes.values()], kept: [...kept], raised }
}

/** The next one above who is still known; ends also where a stored tree has a loop. */
function findRemaining(
  person: string,
  old: ReadonlyMap<string, TreeNode>,
  remains: (person: string) => boolean,
): string | undefined {
  const passed = new Set([person])
  let above = old.get(person)?.parent
  while (above !== undefined && !(remains(above) && old.has(above))) {
    if (passed.has(above)) return undefined
    passed.add(above)
    above = old.get(above)?.parent
  }
  return above
}
