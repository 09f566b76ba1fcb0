import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTrees } from '../../../src/domain/trees/compare-trees.ts'
import { editTree, type TreeEdit } from '../../../src/domain/trees/edit-tree.ts'
import { findCycles } from '../../../src/domain/trees/find-cycles.ts'
import type { TreeNode } from '../../../src/domain/trees/tree.ts'
import { walkTree } from '../../../src/domain/trees/walk-tree.ts'

const NODES: TreeNode[] = [
  { person: 'Ana', deputies: [] },
  { person: 'Bo', parent: 'Ana', deputies: ['Cy'] },
  { person: 'Cy', parent: 'Bo', deputies: [] },
  { person: 'Di', parent: 'Bo', deputies: [] },
]
const edit = (...edits: TreeEdit[]) => editTree(NODES, edits, (id) => id)
const parentsOf = (nodes: readonly TreeNode[]) =>
  Object.fromEntries(nodes.map(({ person, parent = null }) => [person, parent]))

describe('editing a tree', () => {
  it('lets whoever was called by somebody who leaves be called by the one above', () => {
    expect(parentsOf(edit({ act: 'remove', person: 'Bo' }))).toEqual({ Ana: null, Cy: 'Ana', Di: 'Ana' })
  })

  it('moves a branch whole, and refuses to hang it below itself, naming the loop', () => {
    expect(parentsOf(edit({ act: 'move', person: 'Bo', parent: null }))).toMatchObject({ Bo: null, Cy: 'Bo' })
    expect(() => edit({ act: 'move', person: 'Ana', parent: 'Cy' })).toThrow(/Ana → Bo → Cy → Ana/)
    expect(() => edit({ act: 'move', person: 'Di', parent: 'Di' })).toThrow(/Di → Di/)
  })

  it.each<[string, TreeEdit]>([
    ['tree.not_in_tree', { act: 'move', person: 'Zed', parent: null }],
    ['tree.not_in_tree', { act: 'add', person: 'Zed', parent: 'Nobody' }],
    ['tree.person_twice', { act: 'add', person: 'Bo', parent: null }],
    ['tree.own_deputy', { act: 'set_deputies', person: 'Bo', deputies: ['Bo'] }],
    ['tree.own_deputy', { act: 'add_deputy', person: 'Bo', deputy: 'Bo' }],
  ])('refuses with %s and says which edit it was', (code, wrong) => {
    const right: TreeEdit = { act: 'add_deputy', person: 'Ana', deputy: 'Di' }
    expect(() => edit(right, wrong)).toThrow(expect.objectContaining({ code, field: 'edits.1' }))
  })

  it('loses nobody who was not taken out and makes no loop, whatever the edits, and is explained by the comparison', () => {
    const id = fc.constantFrom('Ana', 'Bo', 'Cy', 'Di', 'Ed', 'Fi')
    const parent = fc.option(id)
    const edits = fc.array(
      fc.oneof(
        fc.record({ act: fc.constant('add' as const), person: id, parent }),
        fc.record({ act: fc.constant('remove' as const), person: id }),
        fc.record({ act: fc.constant('move' as const), person: id, parent }),
        fc.record({ act: fc.constant('add_deputy' as const), person: id, deputy: id }),
      ),
    )
    fc.assert(
      fc.property(edits, (given) => {
        let nodes = NODES
        const there = new Set(NODES.map(({ person }) => person))
        for (const one of given) {
          try {
            nodes = editTree(nodes, [one], (name) => name)
          } catch {
            continue
          }
          if (one.act === 'add') there.add(one.person)
          if (one.act === 'remove') there.delete(one.person)
        }
        expect(new Set(nodes.map(({ person }) => person))).toEqual(there)
        expect(findCycles(nodes)).toEqual([])
        expect(walkTree(nodes)).toHaveLength(there.size)
        const changes = compareTrees(NODES, nodes)
        const replayed = parentsOf(NODES)
        for (const { person } of changes.left) delete replayed[person]
        for (const one of changes.joined) replayed[one.person] = one.parent
        for (const { person, to } of changes.moved) replayed[person] = to
        expect(replayed).toEqual(parentsOf(nodes))
      }),
    )
  })
})
