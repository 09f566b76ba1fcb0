import { describe, expect, test } from 'vitest'
import { growTree, listRows } from '../../pwa/state/grow-tree.ts'

const node = (person: string, parent: string | null, deputies: string[] = []) => ({
  person,
  name: person,
  parent,
  deputies,
})

describe('a call tree on the screen', () => {
  test('stands below its heads, with everyone counted and deputies by name', () => {
    const nameOf = (person: string) => (person === 'gone' ? '?' : person)
    const [top] = growTree([node('cleo', 'ben'), node('ben', 'amara', ['cleo', 'gone']), node('amara', null)], nameOf)
    expect(top).toMatchObject({
      name: 'amara',
      below: 2,
      children: [{ name: 'ben', below: 1, deputies: ['cleo', '?'] }],
    })
  })

  test('shows somebody whose head is missing at the top instead of losing them', () => {
    expect(growTree([node('ben', 'gone')], String).map(({ name }) => name)).toEqual(['ben'])
  })

  test('of 20,000 people one below the other is counted without breaking', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => node(`p${index}`, index === 0 ? null : `p${index - 1}`))
    expect(growTree(chain, String)[0]?.below).toBe(19_999)
  })

  test('shows people who call each other in a loop instead of losing them', () => {
    const loop = [node('amara', null), node('ben', 'dov'), node('cleo', 'ben'), node('dov', 'cleo')]
    const tops = growTree(loop, String)
    expect(tops.map(({ name, below }) => [name, below])).toEqual([
      ['amara', 0],
      ['ben', 2],
    ])
  })

  test('lists only what is open, each line with its place among its neighbours', () => {
    const tops = growTree(
      [node('amara', null), node('ben', 'amara'), node('cleo', 'ben'), node('dov', 'amara')],
      String,
    )
    const rows = listRows(tops, (_, level) => level < 2)
    expect(rows.map(({ branch, level, place, of, open }) => [branch.name, level, place, of, open])).toEqual([
      ['amara', 1, 1, 1, true],
      ['ben', 2, 1, 2, false],
      ['dov', 2, 2, 2, false],
    ])
  })
})
