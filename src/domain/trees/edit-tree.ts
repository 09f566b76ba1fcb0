import { Problem } from '../errors.ts'
import { describeCycle } from './find-cycles.ts'
import type { TreeNode } from './tree.ts'

/** One change to a tree, as an editor or a proposed mend makes it. People are named by id. */
export type TreeEdit =
  /** Puts somebody in; without a parent at the top. */
  | { act: 'add'; person: string; parent: string | null }
  /** Takes somebody out; whoever they called is called by whom they were called by. */
  | { act: 'remove'; person: string }
  /** Has somebody, with everybody below, called by another. */
  | { act: 'move'; person: string; parent: string | null }
  | { act: 'set_deputies'; person: string; deputies: string[] }
  /** Puts a deputy behind those who are there; nothing happens where they are one already. */
  | { act: 'add_deputy'; person: string; deputy: string }

/**
 * The nodes after some edits, one after the other.
 *
 * @throws Problem `tree.not_in_tree`, `tree.person_twice`, `tree.cycle` with its path by name, `tree.own_deputy`; its field
 *   is the edit, such as `edits.2`
 */
export function editTree(
  nodes: readonly TreeNode[],
  edits: readonly TreeEdit[],
  nameOf: (person: string) => string,
): TreeNode[] {
  const byPerson = new Map(nodes.map((node) => [node.person, node]))
  edits.forEach((edit, index) => {
    const refuse = (code: string, reason: string) => {
      throw new Problem('invalid', code, reason, { field: `edits.${index}` })
    }
    const nodeOf = (person: string): TreeNode => {
      const node = byPerson.get(person)
      return node ?? refuse('tree.not_in_tree', `${nameOf(person)} is not in this tree.`)
    }
    carryOut(edit, byPerson, nodeOf, refuse, nameOf)
  })
  return [...byPerson.values()]
}

type Refuse = (code: string, reason: string) => never

function carryOut(
  edit: TreeEdit,
  byPerson: Map<string, TreeNode>,
  nodeOf: (person: string) => TreeNode,
  refuse: Refuse,
  nameOf: (person: string) => string,
): void {
  const { person } = edit
  const refuseOwn = (deputies: readonly string[]) => {
    if (deputies.includes(person)) refuse('tree.own_deputy', `${nameOf(person)} cannot be their own deputy.`)
  }
  if (edit.act === 'add') {
    if (byPerson.has(person)) refuse('tree.person_twice', `${nameOf(person)} is in this tree already.`)
    byPerson.set(person, under(edit.parent === null ? null : nodeOf(edit.parent).person, { person, deputies: [] }))
  } else if (edit.act === 'move') {
    const node = nodeOf(person)
    const path = edit.parent === null ? [] : climb(nodeOf(edit.parent).person, byPerson)
    const at = path.indexOf(person)
    if (at >= 0) {
      const loop = describeCycle(path.slice(0, at + 1).reverse(), nameOf)
      refuse('tree.cycle', `People would call each other in a loop: ${loop}.`)
    }
    byPerson.set(person, under(edit.parent, node))
  } else if (edit.act === 'remove') {
    const { parent = null } = nodeOf(person)
    byPerson.delete(person)
    for (const node of byPerson.values()) if (node.parent === person) byPerson.set(node.person, under(parent, node))
  } else if (edit.act === 'set_deputies') {
    refuseOwn(edit.deputies)
    byPerson.set(person, { ...nodeOf(person), deputies: [...new Set(edit.deputies)] })
  } else {
    refuseOwn([edit.deputy])
    const node = nodeOf(person)
    byPerson.set(person, { ...node, deputies: [...new Set([...node.deputies, edit.deputy])] })
  }
}

function under(parent: string | null, { parent: _, ...node }: TreeNode): TreeNode {
  return parent === null ? node : { ...node, parent }
}

/** Somebody and everybody above, up to the top; ends also where a stored tree has a loop. */
function climb(from: string, byPerson: ReadonlyMap<string, TreeNode>): string[] {
  const path = new Set<string>()
  for (let at: string | undefined = from; at !== undefined && !path.has(at); at = byPerson.get(at)?.parent) path.add(at)
  return [...path]
}
