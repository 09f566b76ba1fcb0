import type { TreeEdit } from './edit-tree.ts'
import type { TreeNode } from './tree.ts'

/** What is known of somebody when trees are looked through. */
export interface PersonFacts {
  id: string
  name: string
  groups: readonly string[]
  /** What their working contact points are found by; none when nobody can reach them. */
  addresses: readonly string[]
  /** The last time they answered by any of these, UTC milliseconds; 0 for never. */
  provenAt: number
}

export interface NamedTree {
  id: string
  name: string
  version: number
  nodes: readonly TreeNode[]
}

export const WEAKNESS_CODES = [
  'tree.cycle',
  'tree.removed_person',
  'person.unreachable',
  'tree.single_point',
  'tree.shared_address',
  'tree.deputy_unreachable',
  'tree.deputy_of_many',
  'tree.no_deputy',
  'tree.span',
  'person.in_no_tree',
  'person.in_several_trees',
] as const
export type WeaknessCode = (typeof WEAKNESS_CODES)[number]

/** What one tap does about it: edits of one tree, or a look at a person who must be mended by hand. */
export type Mend = { label: string; edits: TreeEdit[] } | { label: string; person: string }

/** Something that will cost time, or people, on the day the trees are needed. */
export interface Weakness {
  code: WeaknessCode
  /** `serious` when somebody may not be reached because of it. */
  severity: 'serious' | 'minor'
  /** The tree it is in; absent where it is the person's own. */
  tree?: { id: string; name: string; version: number }
  person: { id: string; name: string }
  reason: string
  mends: Mend[]
}
