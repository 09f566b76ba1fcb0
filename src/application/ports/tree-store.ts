import type { TreeNode } from '../../domain/trees/tree.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

export interface Tree {
  id: string
  name: string
  version: number
  people: number
}

export type NamedNode = TreeNode & { name: string }

/** One saved state of a tree. */
export interface TreeVersion {
  version: number
  name: string
  people: number
  /** UTC milliseconds. */
  at: number
  /** Who saved it, as `nameOf` names them; empty where that was not recorded yet. */
  by: string
}

export interface ChangedTree {
  id: string
  name: string
  version: number
  removed: boolean
  /** The version at that time; null when there was no such tree. */
  was: number | null
  /** Whether it is again, or still, as it was then. */
  same: boolean
  /** Its name then. */
  nameThen: string | null
}

export interface TreeStore {
  list(request: PageRequest): Promise<Page<Tree>>
  /** By id or by name. */
  find(idOrName: string): Promise<Tree | null>
  nodes(id: string, version: number): Promise<NamedNode[]>
  /** The versions of a tree, newest first. */
  versions(id: string, request: PageRequest): Promise<Page<TreeVersion>>
  /** Which version the last drill was raised with; null when there was none. */
  lastDrilled(id: string): Promise<number | null>
  /** Trees that were saved or taken out after a time, with the version that they had then. */
  changedSince(time: number): Promise<ChangedTree[]>
  /** How many different, present people these tree versions hold. */
  countPeople(trees: readonly { id: string; version: number }[]): Promise<number>
  /** Fails the whole commit when the tree has another version now; stands before what changes it. */
  requireVersion(id: string, version: number): Statement
  /** Fails the whole commit when the tree is not at that version, taken out or not, any more. */
  requireState(id: string, version: number, removed: boolean): Statement
  /** `by` is who does so, as `nameOf` names them, here and below. */
  add(tree: Tree, nodes: readonly TreeNode[], now: number, by: string): Statement[]
  /** The next version of a tree; the last statement answers a row when it was the next one, else nothing is written. */
  change(tree: Tree, nodes: readonly TreeNode[], now: number, by: string): Statement[]
  /** As `change`, also for a tree that was taken out. */
  bringBack(tree: Tree, nodes: readonly TreeNode[], now: number, by: string): Statement[]
  /** Takes a tree out of every list; running alerts keep theirs. The last answers a row when the version was the one given. */
  remove(id: string, version: number, now: number): Statement[]
}
