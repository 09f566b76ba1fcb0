import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTree } from '../../../src/domain/trees/check-tree.ts'
import { walkTree } from '../../../src/domain/trees/walk-tree.ts'

const names = new Map([
  ['a', 'Ana'],
  ['b', 'Bo'],
  ['c', 'Cy'],
])

describe('checking a tree before it is saved', () => {
  it('has nothing against a flat list', () => {
    expect(
      checkTree(
        [...names.keys()].map((id) => ({ person: id, deputies: [] })),
        names,
      ),
    ).toEqual([])
  })

  it.each([
    [[], 'tree.empty', 'at least one'],
    [[{ person: 'a' }, { person: 'a' }], 'tree.person_twice', 'Ana'],
    [[{ person: 'z' }], 'tree.unknown_person', 'z'],
    [[{ person: 'a', deputies: ['z'] }], 'tree.unknown_person', 'z'],
    [[{ person: 'a', parent: 'b' }], 'tree.unknown_parent', 'Bo'],
    [[{ person: 'a', deputies: ['a'] }], 'tree.own_deputy', 'Ana'],
    [[{ person: 'a', parent: 'a' }], 'tree.cycle', 'Ana → Ana'],
    [
      [
        { person: 'a', parent: 'b' },
        { person: 'b', parent: 'a' },
      ],
      'tree.cycle',
      'Ana → Bo → Ana',
    ],
  ])('answers %j with %s', (nodes, code, words) => {
    const problems = checkTree(
      nodes.map((node) => ({ deputies: [], ...node })),
      names,
    )
    expect(problems.map((problem) => problem.code)).toEqual([code])
    expect(problems[0]?.reason).toContain(words)
  })
})

describe('walking a tree', () => {
  it('goes level by level', () => {
    const walked = walkTree([
      { person: 'c', parent: 'b', deputies: [] },
      { person: 'b', parent: 'a', deputies: [] },
      { person: 'a', deputies: [] },
      { person: 'd', parent: 'a', deputies: [] },
    ])
    expect(walked.map(({ person, depth }) => [person, depth])).toEqual([
      ['a', 0],
      ['b', 1],
      ['d', 1],
      ['c', 2],
    ])
  })

  it('reaches everybody once and ends, even when a loop has been stored', () => {
    const anyGraph = fc.array(
      fc.record({ person: fc.integer({ max: 9, min: 0 }), parent: fc.option(fc.integer({ max: 11, min: 0 })) }),
      { maxLength: 15 },
    )
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const nodes = graph.map(({ person, parent }) => ({
          person: `${person}`,
          deputies: [],
          ...(parent === null ? {} : { parent: `${parent}` }),
        }))
        const walked = walkTree(nodes).map((node) => node.person)
        expect(walked.toSorted()).toEqual([...new Set(nodes.map((node) => node.person))].sort())
      }),
    )
  })
})
