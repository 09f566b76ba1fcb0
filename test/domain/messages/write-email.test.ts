import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { LANGUAGES, textsIn } from '../../../src/domain/messages/language-texts.ts'
import { writeEmail } from '../../../src/domain/messages/write-email.ts'
import { sampleMessage } from './sample-message.ts'

describe('the mail of an alert', () => {
  it('says who, what, how to answer by reply and by the page, and when', () => {
    const { subject, text } = writeEmail(sampleMessage())
    expect(subject).toBe('Northwind: Evacuate building A (4821)')
    expect(text.split('\n\n')).toEqual([
      'Northwind: Evacuate building A',
      'Leave by gate 2.',
      'Reply 1 = I am safe, 2 = I need help. With code: 1 4821',
      'https://alerts.example.org/a/Zm9yLW5vYm9keS1lbHNl',
      'Raised 2027-03-01 14:05 UTC (4821)\n',
    ])
  })

  it('says the same in HTML, where every answer leads to the page that asks again', () => {
    const { html } = writeEmail(sampleMessage())
    for (const words of ['Northwind', 'Evacuate building A', 'Leave by gate 2.', 'Raised 2027-03-01 14:05 UTC']) {
      expect(html).toContain(words)
    }
    const links = Array.from(html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)</g), ([, href, label]) => [href, label])
    const link = 'https://alerts.example.org/a/Zm9yLW5vYm9keS1lbHNl'
    expect(links).toEqual([
      [link, 'I am safe'],
      [link, 'I need help'],
    ])
    expect(html).not.toMatch(/<(form|script|img|link)|src=|url\(/)
  })

  test.each(LANGUAGES)('of a drill says so first in subject, text and HTML (%s)', (language) => {
    const { subject, text, html } = writeEmail(sampleMessage({ kind: 'drill', language }))
    const mark = textsIn(language).drillMark
    expect(subject.startsWith(`${mark} - Northwind`)).toBe(true)
    expect(text.startsWith(`${mark} - Northwind`)).toBe(true)
    expect(
      html
        .replace(/^.*<body[^>]*>/s, '')
        .replace(/<[^>]*>/g, '')
        .trim()
        .startsWith(mark),
    ).toBe(true)
    expect(html).toContain(`<html lang="${language}">`)
  })

  test.each(LANGUAGES)('at the end asks nothing, links nowhere and repeats no instruction (%s)', (language) => {
    const { subject, text, html } = writeEmail(sampleMessage({ purpose: 'all_clear', language }))
    expect(subject).toContain(textsIn(language).allClear)
    for (const form of [text, html]) {
      expect(form).not.toMatch(/https:|gate 2|I am safe/)
      expect(form).toContain('4821')
    }
    expect(text).toContain(textsIn(language).allClearBody)
    const expired = writeEmail(sampleMessage({ purpose: 'expired', language }))
    expect(expired.subject).toContain(textsIn(language).expired)
    for (const form of [expired.text, expired.html]) {
      expect(form).not.toMatch(/https:|gate 2|I am safe/)
      expect(form).not.toContain(textsIn(language).allClear)
    }
  })

  it('has one line as its subject, and nothing that a text holds becomes markup', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 60 })
    const spiced = fc.array(fc.oneof(anyText, fc.constantFrom('<b>', '"', "'", '&', '\r\n', '</p><script>')), {
      maxLength: 5,
    })
    const text = spiced.map((pieces) => pieces.join(''))
    const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => /^<\/?\w+/.exec(tag)?.[0])
    const plain = tags(writeEmail(sampleMessage({ body: 'a' })).html)?.filter((tag) => tag !== '<br')
    fc.assert(
      fc.property(text, text, text, text, (title, body, organisation, label) => {
        const responses = ['1', '2'].map((digit) => ({ digit, code: `code${digit}`, label: digit + label }))
        const mail = writeEmail(sampleMessage({ title, body: `a${body}`, organisation, responses }))
        expect(mail.subject).not.toMatch(/\p{Cc}|\u2028|\u2029/u)
        expect(mail.subject.endsWith('(4821)')).toBe(true)
        expect(tags(mail.html)?.filter((tag) => tag !== '<br')).toEqual(plain)
        expect(mail.text.isWellFormed() && mail.html.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('the word of a genuine mail', () => {
  test.each(LANGUAGES)('stands in both forms (%s), of the alert and of its end', (language) => {
    const shown = textsIn(language).word(7, 'harbour')
    for (const purpose of ['alert', 'all_clear', 'expired'] as const) {
      const { subject, text, html } = writeEmail(
        sampleMessage({ language, purpose, word: { number: 7, word: 'harbour' } }),
      )
      expect(text).toContain(`\n${shown}\n`)
      expect(html).toContain(shown)
      expect(subject).not.toContain('harbour')
    }
    expect(writeEmail(sampleMessage({ language })).html).not.toContain('<br></p>')
  })
})
