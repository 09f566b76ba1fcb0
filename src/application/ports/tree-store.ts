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
  /** A new tree, or the next version of one; the first statement answers a row when `version` was the next one. */
  save(tree: Tree, nodes: readonly TreeNode[], now: number): Statement[]
}
