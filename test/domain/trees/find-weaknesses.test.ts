import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editTree } from '../../../src/domain/trees/edit-tree.ts'
import { findWeaknesses } from '../../../src/domain/trees/find-weaknesses.ts'
import type { TreeNode } from '../../../src/domain/trees/tree.ts'
import type { NamedTree, PersonFacts, Weakness } from '../../../src/domain/trees/weakness.ts'
import { finish } from '../finish.ts'

const facts = (id: string, more: Partial<PersonFacts> = {}): PersonFacts => ({
  id,
  name: id,
  groups: [],
  addresses: [`number of ${id}`],
  provenAt: 0,
  ...more,
})
const tree = (nodes: TreeNode[], name = 'Harbour'): NamedTree => ({ id: name, name, version: 1, nodes })
const under = (parent: string | undefined, ...people: string[]): TreeNode[] =>
  people.map((person) => (parent === undefined ? { person, deputies: [] } : { person, parent, deputies: [] }))
const look = (trees: NamedTree[], people: PersonFacts[], span?: number) =>
  finish(findWeaknesses(trees, new Map(people.map((person) => [person.id, person])), span))
const codes = (found: Weakness[]) => found.map(({ code, person }) => `${code} ${person.id}`)
const everybody = (...ids: string[]) => ids.map((id) => facts(id))

describe('what is weak about a call tree', () => {
  it('somebody in no tree is proposed under whoever calls most of their group', () => {
    const people = ['Ana', 'Bo', 'Cy', 'Di', 'Ed'].map((id) => facts(id, { groups: id > 'B' ? ['Divers'] : [] }))
    const nodes = [{ person: 'Ana', deputies: ['Bo'] }, ...under('Ana', 'Bo', 'Cy', 'Di')]
    expect(look([tree(nodes)], people)).toMatchObject([
      {
        code: 'person.in_no_tree',
        severity: 'serious',
        mends: [{ label: 'Let Ana call Ed', edits: [{ act: 'add', person: 'Ed', parent: 'Ana' }] }],
      },
    ])
  })

  it('somebody without a working contact point is serious, and only a person can mend it', () => {
    const people = [facts('Ana', { addresses: [] })]
    expect(look([tree(under(undefined, 'Ana'))], people)).toMatchObject([
      { code: 'person.unreachable', mends: [{ label: 'Give Ana a number', person: 'Ana' }] },
    ])
  })

  it('a large branch on one person without a deputy is a single point of failure, a small one only lacks a deputy', () => {
    const nodes = [
      { person: 'Top', deputies: ['Big'] },
      ...under('Top', 'Big', 'Small'),
      ...under('Big', 'B1', 'B2', 'B3', 'B4', 'B5'),
      ...under('Small', 'S1'),
    ]
    const found = look([tree(nodes)], everybody('Top', 'Big', 'Small', 'B1', 'B2', 'B3', 'B4', 'B5', 'S1'))
    expect(codes(found)).toEqual(['tree.single_point Big', 'tree.no_deputy Small'])
    expect(found[0]?.reason).toContain('calls for 5 people')
  })

  it('proposes as deputy whoever answered last among those called first, and nobody on the same number', () => {
    const people = [
      facts('Ana', { addresses: ['one'] }),
      facts('Bo', { addresses: ['one'], provenAt: 9 }),
      facts('Cy', { provenAt: 1 }),
      facts('Di', { provenAt: 2 }),
      facts('Ed', { addresses: [] }),
    ]
    const [found] = look([tree([...under(undefined, 'Ana'), ...under('Ana', 'Bo', 'Cy', 'Di', 'Ed')])], people).filter(
      ({ code }) => code === 'tree.no_deputy',
    )
    expect(found?.mends).toEqual([
      { label: 'Make Di the deputy of Ana', edits: [{ act: 'add_deputy', person: 'Ana', deputy: 'Di' }] },
      { label: 'Make Cy the deputy of Ana', edits: [{ act: 'add_deputy', person: 'Ana', deputy: 'Cy' }] },
    ])
  })

  it('a deputy on the same number as everybody they stand in for does not count as one', () => {
    const people = [facts('Ana', { addresses: ['one'] }), facts('Bo', { addresses: ['one'] })]
    const nodes = [{ person: 'Ana', deputies: ['Bo'] }, ...under('Ana', 'Bo')]
    expect(codes(look([tree(nodes)], people))).toEqual(['tree.shared_address Ana'])
  })

  it('deputies whom nobody can reach are named, and those of many at once', () => {
    const leads = ['L1', 'L2', 'L3']
    const nodes = leads.flatMap((lead) => [{ person: lead, deputies: ['Dep', 'Lost'] }, ...under(lead, `${lead}a`)])
    const people = [...everybody(...leads, 'L1a', 'L2a', 'L3a', 'Dep'), facts('Lost', { addresses: [] })]
    const found = look([tree([...nodes, ...under(undefined, 'Dep', 'Lost')])], people)
    expect(codes(found)).toEqual([
      'person.unreachable Lost',
      ...leads.map((lead) => `tree.deputy_unreachable ${lead}`),
      'tree.deputy_of_many Dep',
    ])
  })

  it('more people than one can call are shared with the first of them', () => {
    const children = ['a', 'b', 'c', 'd']
    const nodes = [{ person: 'Top', deputies: ['a'] }, ...under('Top', ...children)]
    const [found] = look([tree(nodes)], everybody('Top', ...children), 2)
    expect(found).toMatchObject({ code: 'tree.span', severity: 'minor' })
    const [mend] = found?.mends ?? []
    const edited = editTree(nodes, mend && 'edits' in mend ? mend.edits : [], (id) => id)
    expect(edited.filter(({ parent }) => parent === 'Top')).toHaveLength(2)
  })

  it('somebody who was taken out keeps no place, and a stored loop is named', () => {
    const nodes = [...under('Bo', 'Ana'), ...under('Ana', 'Bo'), ...under(undefined, 'Gone')]
    const found = look([tree(nodes)], everybody('Ana', 'Bo'))
    expect(found.slice(0, 2)).toMatchObject([
      { code: 'tree.cycle', reason: expect.stringContaining('Ana → Bo → Ana') },
      { code: 'tree.removed_person', mends: [{ edits: [{ act: 'remove', person: 'Gone' }] }] },
    ])
  })

  it('being in two trees is said, not held against anybody', () => {
    const nodes = under(undefined, 'Ana')
    expect(look([tree(nodes, 'One'), tree(nodes, 'Two')], everybody('Ana'))).toMatchObject([
      { code: 'person.in_several_trees', severity: 'minor', mends: [] },
    ])
  })

  it('every proposed mend can be carried out, on any tree, and looking always ends', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `p${index}`)
    const id = fc.constantFrom(...ids)
    const node = fc.record({
      parent: fc.option(id, { nil: undefined }),
      deputies: fc.uniqueArray(id, { maxLength: 3 }),
    })
    const address = fc.constantFrom('one', 'two', 'three', 'four')
    const person = fc.record({
      addresses: fc.uniqueArray(address, { maxLength: 2 }),
      provenAt: fc.nat(5),
      there: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(node, { minLength: 12, maxLength: 12 }),
        fc.array(person, { minLength: 12, maxLength: 12 }),
        (nodes, people) => {
          const given = tree(
            nodes.map(({ parent, deputies }, index) => {
              const me = ids[index] ?? ''
              const others = deputies.filter((deputy) => deputy !== me)
              return parent === undefined ? { person: me, deputies: others } : { person: me, parent, deputies: others }
            }),
          )
          const known = people.flatMap(({ there, ...more }, index) => (there ? [facts(ids[index] ?? '', more)] : []))
          for (const { mends } of look([given], known, 3)) {
            for (const mend of mends) if ('edits' in mend) editTree(given.nodes, mend.edits, (name) => name)
          }
        },
      ),
    )
  })
})
