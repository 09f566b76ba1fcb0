import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { enhancedStatus, failureOf, resultOf } from '../../../src/channels/smtp/error-table.ts'

const stage = fc.constantFrom('connection' as const, 'sender' as const, 'recipient' as const, 'content' as const)
const detail = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 })).map((pair) => pair.join('.'))

describe('what a mail server’s reply means', () => {
  it('is never final while the reply says that it is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 499 }), detail, stage, (code, status, at) => {
        expect(resultOf({ code, status: `4.${status}`, stage: at }).outcome).toBe('retryLater')
      }),
    )
  })

  it('never takes an address away because of its sender, its content or the connection', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 599 }), fc.option(detail), stage, (code, status, at) => {
        const result = resultOf({ code, status: status === null ? null : `5.${status}`, stage: at })
        if (at === 'sender' || at === 'connection') expect(result.outcome).not.toBe('addressGone')
        if (status?.startsWith('7.') && status !== '7.17' && status !== '7.18' && code !== 552) {
          expect(result).toMatchObject({ outcome: 'refused', blame: 'sender' })
        }
      }),
    )
  })

  test.each([
    [550, '550 5.1.1 No such user', '5.1.1'],
    [550, '550-5.1.10 No such domain\n550 5.1.10 really', '5.1.10'],
    [550, '550 No such user 5.1.1', null],
    [550, '550 4.1.1 of another class', null],
    [421, '421 4.3.2', '4.3.2'],
    [554, '554 5.7.1234 no', null],
  ])('is told by the enhanced code at its beginning (%i: %j)', (code, reply, status) => {
    expect(enhancedStatus(code, reply)).toBe(status)
  })

  test.each([
    ['5.1.1', true],
    ['5.7.1', true],
    ['5.0.0', true],
    ['5.2.2', false],
    ['5.4.7', false],
    ['4.4.7', false],
  ])('and of a bounce, whether another try can help (%s)', (status, permanent) => {
    expect(failureOf(status)).toMatchObject({ code: `smtp.${status}`, permanent })
  })
})
