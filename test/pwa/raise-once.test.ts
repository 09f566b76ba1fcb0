import { describe, expect, test } from 'vitest'
import { Refused, Unreachable } from '../../pwa/api/request.ts'
import { findPending, findRaised, provesNothingRaised } from '../../pwa/state/raise-once.ts'
import { sampleAlert } from './sample-board.ts'

const refused = (status: number, code?: string) => new Refused(status, code === undefined ? {} : { code })
const raise = {
  ...{ key: 'key-1', account: 'account-1', template: 'Evacuate', trees: ['Everyone'] },
  body: { template: 'template-1', trees: ['tree-1'], kind: 'live' as const },
  at: Date.parse('2026-11-25T03:00:00.000Z'),
}

describe('whether an alert was raised', () => {
  test.each([
    ['no answer came', new Unreachable()],
    ['a gateway gave up', refused(502)],
    ['a gateway ran out of time', refused(504)],
    ['the service broke off', refused(500, 'internal')],
    ['the request took too long', refused(408)],
    ['the app itself failed', new TypeError()],
  ])('is not known when %s', (_why, error) => {
    expect(provesNothingRaised(error, false)).toBe(false)
  })

  test('is known when the service looked at the request and refused it, at every try', () => {
    expect(provesNothingRaised(refused(422, 'tree.unknown'), false)).toBe(true)
    expect(provesNothingRaised(refused(422, 'tree.unknown'), true)).toBe(true)
  })

  test('stays unknown when only a later try is refused at the door', () => {
    for (const error of [refused(401, 'session.none'), refused(403), refused(429), refused(404)]) {
      expect(provesNothingRaised(error, false)).toBe(true)
      expect(provesNothingRaised(error, true)).toBe(false)
    }
  })

  test('is asked of the same template, trees and kind, in whatever order the trees were picked', () => {
    const two = { ...raise, body: { ...raise.body, trees: ['tree-1', 'tree-2'] } }
    expect(findPending([two], { ...raise.body, trees: ['tree-2', 'tree-1'] })).toBe(two)
    expect(findPending([two], { ...two.body, kind: 'drill' })).toBeUndefined()
    expect(findPending([two], raise.body)).toBeUndefined()
  })

  test('is answered by an alert that the same person raised at that time, and by no other', () => {
    const mine = sampleAlert()
    const others = [
      sampleAlert({ raisedBy: 'Ben Holt' }),
      sampleAlert({ kind: 'drill' }),
      sampleAlert({ raisedAt: '2026-11-25T01:00:00.000Z' }),
      sampleAlert({ trees: [] }),
    ]
    expect(findRaised(raise, 'Grace Novak', [...others, mine])).toEqual([mine])
  })
})
