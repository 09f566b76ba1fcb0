import { describe, expect, test } from 'vitest'
import { carryOut, type Wish } from '../../pwa/state/tree-draft.ts'

const node = (person: string, parent: string | null, deputies: string[] = []) => ({
  person,
  name: person,
  parent,
  deputies,
})
const TREE = [node('amara', null), node('ben', 'amara', ['cleo']), node('cleo', 'ben'), node('dov', 'ben')]
const steps = (nodes: typeof TREE, wishes: Wish[]) => carryOut(nodes, wishes, String).steps

describe('changes of a tree that are not saved', () => {
  test('are shown as the service will make them: whoever was called by somebody who goes is called by the one above', () => {
    const { nodes, steps } = carryOut(TREE, [{ act: 'remove', person: 'ben' }], String)
    expect(nodes.map(({ person, parent }) => [person, parent])).toEqual([
      ['amara', null],
      ['cleo', 'amara'],
      ['dov', 'amara'],
    ])
    expect(steps[0]?.words).toBe('ben is taken out; 2 people below are called by amara')
  })

  test('say what cannot be done, and the others are done all the same', () => {
    const wishes: Wish[] = [
      { act: 'move', person: 'amara', parent: 'cleo' },
      { act: 'move', person: 'dov', parent: 'amara' },
    ]
    const [loop, move] = steps(TREE, wishes)
    expect(loop?.edit).toBeNull()
    expect(loop?.refused).toContain('in a loop')
    expect(move?.edit).toEqual({ act: 'move', person: 'dov', parent: 'amara' })
  })

  test('repeated on a version that has them already have nothing left to do', () => {
    const wishes: Wish[] = [
      { act: 'move', person: 'dov', parent: 'amara' },
      { act: 'add', person: 'eve', parent: 'ben' },
      { act: 'add_deputy', person: 'amara', deputy: 'ben' },
      { act: 'remove_deputy', person: 'ben', deputy: 'cleo' },
      { act: 'remove', person: 'cleo' },
    ]
    const { nodes } = carryOut(TREE, wishes, String)
    expect(steps(nodes, wishes).map(({ edit, refused }) => [edit, refused])).toEqual(wishes.map(() => [null, null]))
  })

  test('take one deputy away without undoing the deputy whom somebody else has named meanwhile', () => {
    const theirs = TREE.map((one) => (one.person === 'ben' ? { ...one, deputies: ['cleo', 'dov'] } : one))
    const [step] = steps(theirs, [{ act: 'remove_deputy', person: 'ben', deputy: 'cleo' }])
    expect(step?.edit).toEqual({ act: 'set_deputies', person: 'ben', deputies: ['dov'] })
  })
})
