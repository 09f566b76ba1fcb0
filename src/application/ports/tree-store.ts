import type { TreeNode } from '../../domain/trees/tree.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

export interface Tree {
  id: string
  name: string
  version: number
  people: number
}

export interface TreeStore {
  list(request: PageRequest): Promise<Page<Tree>>
  /** By id or by name. */
  find(idOrName: string): Promise<Tree | null>
  nodes(id: string, version: number): Promise<(TreeNode & { name: string })[]>
  /** How many different, present people these tree versions hold. */
  countPeople(trees: readonly { id: string; version: number }[]): Promise<number>
  /** Fails the whole commit when the tree has another version now; stands before what changes it. */
  requireVersion(id: string, version: number): Statement
  add(tree: Tree, nodes: readonly TreeNode[], now: number): Statement[]
  /** The next version of a tree; the last statement answers a row when it was the next one, else nothing is written. */
  change(tree: Tree, nodes: readonly TreeNode[], now: number): Statement[]
}
