import { describe, expect, test } from 'vitest'
import { growTree } from '../../pwa/state/grow-tree.ts'

const node = (person: string, parent: string | null, deputies: string[] = []) => ({
  person,
  name: person,
  parent,
  deputies,
})

describe('a call tree on the screen', () => {
  test('stands below its heads, with everyone counted and deputies by name', () => {
    const [top] = growTree([node('cleo', 'ben'), node('ben', 'amara', ['cleo', 'gone']), node('amara', null)], '?')
    expect(top).toMatchObject({
      name: 'amara',
      below: 2,
      children: [{ name: 'ben', below: 1, deputies: ['cleo', '?'] }],
    })
  })

  test('shows somebody whose head is missing at the top instead of losing them', () => {
    expect(growTree([node('ben', 'gone')], '?').map(({ name }) => name)).toEqual(['ben'])
  })

  test('of 20,000 people one below the other is counted without breaking', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => node(`p${index}`, index === 0 ? null : `p${index - 1}`))
    expect(growTree(chain, '?')[0]?.below).toBe(19_999)
  })
})
