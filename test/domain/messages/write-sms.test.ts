import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LANGUAGES, textsIn } from '../../../src/domain/messages/language-texts.ts'
import { measureSms } from '../../../src/domain/messages/measure-sms.ts'
import { LONGEST_WORD } from '../../../src/domain/messages/message.ts'
import { SMS_LIMIT, writeSms } from '../../../src/domain/messages/write-sms.ts'
import { sampleMessage } from './sample-message.ts'

const isWellFormed = (text: string) => text.isWellFormed()

describe('the text message of an alert', () => {
  test('says who, what, how to answer with and without the link, and when', () => {
    expect(writeSms(sampleMessage())).toBe(
      [
        'Northwind: Evacuate building A',
        'Leave by gate 2.',
        'Reply 1 = I am safe, 2 = I need help. With code: 1 4821',
        'https://alerts.example.org/a/Zm9yLW5vYm9keS1lbHNl',
        'Raised 2027-03-01 14:05 UTC',
      ].join('\n'),
    )
  })

  test.each(LANGUAGES)('shows the word of its recipient (%s), costs no more for it and keeps it whole', (language) => {
    const word = { number: 7, word: 'harbour' }
    for (const purpose of ['alert', 'all_clear'] as const) {
      const text = writeSms(
        sampleMessage({ language, purpose, word, body: purpose === 'alert' ? 'x '.repeat(1000) : '' }),
      )
      expect(text.split('\n').at(-1)).toBe(textsIn(language).word(7, 'harbour'))
      expect(text).toMatch(/\w+ 7: harbour$/)
      expect(text.length).toBeLessThanOrEqual(SMS_LIMIT)
    }
    expect(measureSms(writeSms(sampleMessage({ language, word }))).encoding).toBe('GSM-7')
  })

  test.each(LANGUAGES)('of a drill says so in the first words (%s) and costs no more for it', (language) => {
    const text = writeSms(sampleMessage({ kind: 'drill', language }))
    expect(text.startsWith(`${textsIn(language).drillMark} - Northwind`)).toBe(true)
    expect(measureSms(text).encoding).toBe('GSM-7')
  })

  test('at the end asks nothing, links nowhere and does not repeat the instructions', () => {
    const text = writeSms(sampleMessage({ purpose: 'all_clear', kind: 'drill' }))
    expect(text).toContain('DRILL - Northwind: ALL CLEAR - Evacuate building A')
    expect(text).not.toMatch(/Reply|https|gate 2/)
    expect(text).toContain('4821')
  })

  test('that is too long loses words of the body and nothing else (reported failure 14)', () => {
    const body = readFileSync('test/fixtures/cases/case-14-long-sms.txt', 'utf8')
    expect(body.length).toBe(1601)
    const text = writeSms(sampleMessage({ body }))
    expect(text.length).toBeLessThanOrEqual(SMS_LIMIT)
    expect(text.length).toBeGreaterThan(SMS_LIMIT - 20)
    expect(text).toMatch(
      / (Evacuate|by|gate|2\.)\.\.\.\nReply 1 = I am safe, 2 = I need help\. With code: 1 4821\nhttps:/,
    )
  })

  test('swaps a dash and curly quotes for plain ones when that makes it cheaper', () => {
    expect(writeSms(sampleMessage({ body: 'Gate 2 – don’t use the lift…' }))).toContain(
      "Gate 2 - don't use the lift...",
    )
  })

  test('keeps them when a letter needs the costlier encoding anyway', () => {
    expect(writeSms(sampleMessage({ body: 'dès que vous êtes là – merci' }))).toContain('dès que vous êtes là – merci')
  })

  test('never exceeds the limit, never holds half a character, and always keeps code, digits and link', () => {
    const anyText = (maxLength: number) => fc.string({ unit: 'binary', maxLength })
    const labels = fc.array(anyText(60), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(
        anyText(120),
        anyText(2000),
        anyText(300),
        labels,
        fc.boolean(),
        fc.constantFrom(null, LONGEST_WORD),
        (title, body, organisation, all, drill, word) => {
          const responses = all.map((label, index) => ({ digit: String(index + 1), code: `code${index}`, label }))
          const message = sampleMessage({ title, body, organisation, responses, word, kind: drill ? 'drill' : 'live' })
          const text = writeSms(message)
          expect(text.length).toBeLessThanOrEqual(SMS_LIMIT)
          expect(isWellFormed(text)).toBe(true)
          expect(text).not.toMatch(/(?!\n)\p{Cc}/u)
          expect(text).toContain(`1 ${message.code}`)
          expect(text).toContain(message.link)
          if (word) expect(text).toContain(`\nWord ${word.number}: ${word.word}`)
          for (const { digit } of responses) expect(text).toContain(`${digit} = `)
        },
      ),
    )
  })

  test('cut in the middle of an emoji loses the whole emoji', () => {
    for (let length = 1480; length < 1500; length++) {
      const text = writeSms(sampleMessage({ body: `${'x'.repeat(length)}${'🔥'.repeat(100)}` }))
      expect(isWellFormed(text)).toBe(true)
      expect(text.length).toBeLessThanOrEqual(SMS_LIMIT)
    }
  })
})
