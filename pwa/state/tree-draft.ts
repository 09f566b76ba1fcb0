import { editTree, type TreeEdit } from '../../src/contract/tree-edits.ts'
import type { TreeView } from '../../src/contract/trees.ts'
import { treeTexts } from '../texts-trees.ts'

type Nodes = TreeView['nodes']

/** What an editor wants, free of what else stands in the tree: it can be repeated on a version that somebody else saved. */
export type Wish = Exclude<TreeEdit, { act: 'set_deputies' }> | { act: 'remove_deputy'; person: string; deputy: string }

export interface Step {
  wish: Wish
  words: string
  /** Null where it is so already, or cannot be done. */
  edit: TreeEdit | null
  /** Why it cannot be done. */
  refused: string | null
}

/** The tree after all wishes that can be done, and what became of each. */
export function carryOut(
  saved: Nodes,
  wishes: readonly Wish[],
  nameOf: (person: string) => string,
): { nodes: Nodes; steps: Step[] } {
  let nodes = saved
  const steps = wishes.map((wish): Step => {
    const words = sayWish(wish, nodes, nameOf)
    const edit = toEdit(wish, nodes)
    if (edit === null) return { wish, words, edit, refused: null }
    try {
      nodes = applyEdit(nodes, edit, nameOf)
      return { wish, words, edit, refused: null }
    } catch (error) {
      return { wish, words, edit: null, refused: error instanceof Error ? error.message : String(error) }
    }
  })
  return { nodes, steps }
}

function applyEdit(nodes: Nodes, edit: TreeEdit, nameOf: (person: string) => string): Nodes {
  const plain = nodes.map(({ person, parent, deputies }) => ({
    person,
    deputies,
    ...(parent === null ? {} : { parent }),
  }))
  return editTree(plain, [edit], nameOf).map(({ person, parent, deputies }) => ({
    person,
    name: nameOf(person),
    parent: parent ?? null,
    deputies,
  }))
}

/** What makes the wish true; null where it is true already. Who is not there is left to the edit to refuse. */
function toEdit(wish: Wish, nodes: Nodes): TreeEdit | null {
  const node = nodes.find(({ person }) => person === wish.person)
  if (wish.act === 'remove') return node ? wish : null
  if (wish.act === 'add' || wish.act === 'move') return node?.parent === wish.parent ? null : wish
  const there = node?.deputies.includes(wish.deputy) ?? false
  if (wish.act === 'add_deputy') return there ? null : wish
  const deputies = (node?.deputies ?? []).filter((deputy) => deputy !== wish.deputy)
  return node && !there ? null : { act: 'set_deputies', person: wish.person, deputies }
}

function sayWish(wish: Wish, nodes: Nodes, nameOf: (person: string) => string): string {
  const node = nodes.find(({ person }) => person === wish.person)
  const placeOf = (parent: string | null | undefined) => (parent == null ? null : nameOf(parent))
  const name = nameOf(wish.person)
  const words = treeTexts.step
  switch (wish.act) {
    case 'add':
      return words.add(name, placeOf(wish.parent))
    case 'move':
      return words.move(name, placeOf(wish.parent), placeOf(node?.parent))
    case 'remove': {
      const children = nodes.filter(({ parent }) => parent === wish.person).length
      return words.remove(name, children, placeOf(node?.parent))
    }
    case 'add_deputy':
      return words.addDeputy(name, nameOf(wish.deputy))
    case 'remove_deputy':
      return words.removeDeputy(name, nameOf(wish.deputy))
  }
}
