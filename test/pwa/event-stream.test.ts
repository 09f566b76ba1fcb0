import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEventReader } from '../../pwa/api/event-stream.ts'
import { retryDelay } from '../../pwa/api/follow-board.ts'

const stream =
  ': kept alive\n\nevent: board\ndata: {"one":1}\n\nid: 7\r\nevent: board\r\ndata: first\r\ndata: second\r\n\r\ndata:plain\n\n'
const expected = [
  { name: 'board', data: '{"one":1}' },
  { name: 'board', data: 'first\nsecond' },
  { name: 'message', data: 'plain' },
]

describe('the stream of board events', () => {
  test('is read the same however the network cuts it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const read = createEventReader()
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
        const events = bounds.slice(1).flatMap((end, index) => read(stream.slice(bounds[index], end)))
        expect(events).toEqual(expected)
      }),
    )
  })

  test('gives nothing for comments and for an event without data', () => {
    expect(createEventReader()(': hello\n\nevent: board\n\n')).toEqual([])
  })

  test('is opened again soon at first, and never later than 15 seconds', () => {
    expect(retryDelay(0, 0)).toBe(250)
    expect(retryDelay(0, 1)).toBe(500)
    expect(retryDelay(40, 1)).toBe(15_000)
  })
})
