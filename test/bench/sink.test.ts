import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCount } from '../../bench/sink/count-arrivals.ts'
import { keepMessages } from '../../bench/sink/keep-messages.ts'
import { FIRST_WARM, numberOf, type Setting } from '../../bench/sink/protocol.ts'
import { createRequestReader } from '../../bench/sink/read-requests.ts'

const ACCOUNT = `AC${'1'.padStart(32, '0')}`
const PERFECT: Setting = { people: 3, latency: 0, fault: null, perSecond: null, listed: false }

function textTo(number: string, account: string = ACCOUNT): string {
  const body = new URLSearchParams({ To: number, Body: 'Evacuate' }).toString()
  const head = `POST /2010-04-01/Accounts/${account}/Messages.json HTTP/1.1\r\nContent-Length: ${body.length}`
  return `${head}\r\n\r\n${body}`
}

describe('the provider of the benches', () => {
  test('counts everybody once, and says how often somebody was sent to twice', () => {
    let complete = false
    const count = createCount(PERFECT, () => {
      complete = true
    })
    for (const person of [0, 1, 1]) expect(count.take(textTo(numberOf(person)))).toBe('accept')
    expect(complete).toBe(false)
    count.take(textTo(numberOf(2)))
    expect(complete).toBe(true)
    expect(count.tell()).toMatchObject({ total: 4, different: 3, others: 0 })
  })

  test('does not count those who only warm up', () => {
    const count = createCount(PERFECT, () => {})
    count.take(textTo(numberOf(0, FIRST_WARM)))
    expect(count.tell()).toMatchObject({ total: 0, different: 0, others: 1, first: null })
  })

  test('begins to fail one account after so many of its messages, and no other', () => {
    const fault = { account: ACCOUNT, after: 1, how: 'fail' } as const
    const count = createCount({ ...PERFECT, fault }, () => {})
    expect(count.take(textTo(numberOf(0)))).toBe('accept')
    expect(count.take(textTo(numberOf(1)))).toBe('fail')
    expect(count.take(textTo(numberOf(1), `AC${'2'.padStart(32, '0')}`))).toBe('accept')
    expect(count.tell()).toMatchObject({ total: 2, different: 2, refused: 1 })
  })

  test('refuses what comes faster than its limit', () => {
    const count = createCount({ ...PERFECT, perSecond: 2 }, () => {})
    const verdicts = [0, 1, 2].map((person) => count.take(textTo(numberOf(person))))
    expect(verdicts).toEqual(['accept', 'accept', 'too_fast'])
  })

  test('finds a message that it has, for whoever asks after a crash', () => {
    const messages = keepMessages(true)
    messages.keep(textTo(numberOf(1)), 'SM1')
    const ask = (person: number) => {
      const query = new URLSearchParams({ To: numberOf(person) })
      return JSON.parse(messages.list(`GET /2010-04-01/Accounts/${ACCOUNT}/Messages.json?${query} HTTP/1.1\r\n\r\n`))
    }
    expect(ask(1).messages).toMatchObject([{ sid: 'SM1', body: 'Evacuate' }])
    expect(ask(2).messages).toEqual([])
  })

  test('reads requests whole, however the network cuts them', () => {
    const requests = [textTo(numberOf(0)), 'GET /send?to=%2B4915110000001 HTTP/1.1\r\n\r\n', textTo(numberOf(2))]
    const bytes = Buffer.from(requests.join(''))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 }), (cuts) => {
        const read: string[] = []
        const take = createRequestReader((text) => read.push(text))
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
        for (const [index, end] of places.slice(1).entries()) take(bytes.subarray(places[index], end))
        expect(read).toEqual(requests)
      }),
    )
  })
})
