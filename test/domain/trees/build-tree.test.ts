import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildTree, type TreePerson } from '../../../src/domain/trees/build-tree.ts'
import { checkTree } from '../../../src/domain/trees/check-tree.ts'
import { walkTree } from '../../../src/domain/trees/walk-tree.ts'
import { finish } from '../finish.ts'

function person(name: string, references: Partial<TreePerson> = {}): TreePerson {
  return { id: name.toLowerCase(), name, deputies: [], ...references }
}

describe('building a call tree from what people say about each other', () => {
  it('follows references by external id and by name, without regard to case and accents', () => {
    const { nodes, problems } = finish(
      buildTree([
        person('Zoé', { externalId: 'E-1' }),
        person('Bo', { reportsTo: 'E-1', deputies: ['zoe'] }),
        person('Cy', { reportsTo: 'ZOE' }),
      ]),
    )
    expect(problems).toEqual([])
    expect(nodes).toEqual([
      { person: 'zoé', deputies: [] },
      { person: 'bo', parent: 'zoé', deputies: ['zoé'] },
      { person: 'cy', parent: 'zoé', deputies: [] },
    ])
  })

  it('understands whom one calls as well as to whom one reports, also several in one cell', () => {
    const { nodes } = finish(buildTree([person('Ana', { calls: ['Bo, Cy'] }), person('Bo'), person('Cy')]))
    expect(nodes.map((node) => node.parent)).toEqual([undefined, 'ana', 'ana'])
  })

  it('does not take a name with a comma for two people', () => {
    const { nodes } = finish(buildTree([person('Lefèvre, Zoé'), person('Bo', { reportsTo: 'Lefèvre, Zoé' })]))
    expect(nodes[1]?.parent).toBe('lefèvre, zoé')
  })

  it('hangs people under somebody who is known but not in the file', () => {
    const { nodes, problems } = finish(buildTree([person('Bo', { reportsTo: 'Ana' })], [{ id: 'p1', name: 'Ana' }]))
    expect(problems).toEqual([])
    expect(nodes).toEqual([
      { person: 'bo', parent: 'p1', deputies: [] },
      { person: 'p1', deputies: [] },
    ])
  })

  it.each([
    [{ reportsTo: 'Zed' }, 'reportsTo', 'tree.unknown_person'],
    [{ deputies: ['Zed'] }, 'deputy', 'tree.unknown_person'],
    [{ calls: ['Zed'] }, 'calls', 'tree.unknown_person'],
    [{ reportsTo: 'Bo' }, 'reportsTo', 'tree.ambiguous_person'],
  ])('refuses %j with the row and the field', (references, field, code) => {
    const { problems } = finish(
      buildTree([person('Ana', { line: 7, ...references }), person('Bo'), { ...person('Bo'), id: 'other bo' }]),
    )
    expect(problems).toMatchObject([{ field, code, line: 7, person: 'ana', severity: 'refused' }])
  })

  it('keeps the first of several parents and says so', () => {
    const { nodes, problems } = finish(
      buildTree([person('Ana', { calls: ['Cy'] }), person('Bo', { calls: ['Cy'], line: 3 }), person('Cy')]),
    )
    expect(nodes[2]?.parent).toBe('ana')
    expect(problems).toMatchObject([{ code: 'tree.several_parents', severity: 'warning', field: 'calls', line: 3 }])
  })

  it('names a loop at each of its members', () => {
    const { problems } = finish(
      buildTree([
        person('Ana', { reportsTo: 'Cy', line: 2 }),
        person('Bo', { reportsTo: 'Ana', line: 3 }),
        person('Cy', { reportsTo: 'Bo', line: 4 }),
      ]),
    )
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['tree.cycle', 2],
      ['tree.cycle', 3],
      ['tree.cycle', 4],
    ])
    expect(problems[0]?.reason).toContain('Ana → Bo → Cy → Ana')
  })

  it('takes any graph without loops, with each person once and nobody above their parent', () => {
    const acyclic = fc.integer({ min: 1, max: 15 }).chain((size) =>
      fc.tuple(
        fc.shuffledSubarray(
          Array.from({ length: size }, (_, i) => i),
          { minLength: size },
        ),
        fc.array(fc.nat(), { minLength: size, maxLength: size }),
      ),
    )
    fc.assert(
      fc.property(acyclic, ([order, picks]) => {
        const people = order.map((i) => {
          const above = (picks[i] ?? 0) % (i + 1)
          return person(`P${i}`, above === i ? {} : { reportsTo: `P${above}` })
        })
        const { nodes, problems } = finish(buildTree(people))
        expect(problems).toEqual([])
        expect(checkTree(nodes, new Map(people.map(({ id, name }) => [id, name])))).toEqual([])
        const walked = walkTree(nodes)
        expect(walked.map((node) => node.person).sort()).toEqual(people.map(({ id }) => id).sort())
        const depths = new Map(walked.map((node) => [node.person, node.depth]))
        for (const node of walked)
          expect(node.depth).toBe(node.parent === undefined ? 0 : (depths.get(node.parent) ?? 0) + 1)
      }),
    )
  })
})
