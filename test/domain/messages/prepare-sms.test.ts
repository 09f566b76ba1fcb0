import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSmsPreparer } from '../../../src/domain/messages/prepare-sms.ts'
import { writeSms } from '../../../src/domain/messages/write-sms.ts'
import { sampleMessage } from './sample-message.ts'

const link = fc.stringMatching(/^https:\/\/alerts[.]example[.]org\/a\/[A-Za-z0-9_-]{1,20}$/)
const word = fc.option(
  fc.record({ number: fc.integer({ min: 1, max: 120 }), word: fc.constantFrom('zoo', 'harbour', 'absolute', 'zebra') }),
)
const change = fc.record(
  {
    purpose: fc.constantFrom('alert' as const, 'all_clear' as const, 'expired' as const),
    kind: fc.constantFrom('live' as const, 'drill' as const),
    code: fc.constantFrom('4821', '0007'),
    title: fc.oneof(link, fc.string({ unit: 'grapheme', maxLength: 200 })),
    body: fc.oneof(link, fc.string({ unit: 'grapheme', maxLength: 2_000 })),
    organisation: fc.constantFrom('Northwind', 'Łódź'),
    language: fc.constantFrom('en', 'fr'),
    raisedAt: fc.constantFrom(0, Date.UTC(2027, 2, 1)),
  },
  { requiredKeys: [] },
)

describe('texts for many people', () => {
  test('read as if each had been written alone, also when alerts, languages and ends are mixed', () => {
    const responses = sampleMessage().responses
    fc.assert(
      fc.property(fc.array(fc.record({ change, link, word }), { minLength: 1, maxLength: 12 }), (people) => {
        const prepare = createSmsPreparer()
        for (const person of people) {
          const message = { ...sampleMessage({ ...person.change, link: person.link, word: person.word }), responses }
          const { shared, end } = prepare(message)
          const { before, after } = shared
          expect((after === null ? before : before + person.link + after) + end).toBe(writeSms(message))
        }
      }),
    )
  })

  test('are measured and cut once for all who get the same', () => {
    const prepare = createSmsPreparer()
    const { responses } = sampleMessage()
    const words = ['harbour', 'captain'].map((one, index) => ({ number: index + 1, word: one }))
    const first = prepare({ ...sampleMessage({ word: words[0] ?? null }), responses })
    const other = {
      ...sampleMessage({ word: words[1] ?? null }),
      link: 'https://alerts.example.org/a/YW5vdGhlci1wZXJzb24t',
      responses,
    }
    expect(prepare(other).shared).toBe(first.shared)
    expect(prepare(other).end).not.toBe(first.end)
  })
})
