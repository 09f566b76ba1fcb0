import { describe, expect, test } from 'vitest'
import { LANGUAGES, textsIn } from '../../../src/domain/messages/language-texts.ts'
import { measureSms } from '../../../src/domain/messages/measure-sms.ts'
import type { Purpose } from '../../../src/domain/messages/purpose.ts'
import { markOf } from '../../../src/domain/messages/purpose-texts.ts'
import { writeEmail } from '../../../src/domain/messages/write-email.ts'
import { PUSH_LIMIT, pushBytes, writePush } from '../../../src/domain/messages/write-push.ts'
import { writeSms } from '../../../src/domain/messages/write-sms.ts'
import { openAlertCall, sayEnd } from '../../../src/domain/messages/write-voice.ts'
import { sampleMessage } from './sample-message.ts'

const ENDS = ['all_clear', 'expired', 'cancelled', 'in_error'] as const
const LATER: Purpose[] = ['update', ...ENDS, 'ending']

describe.each(LANGUAGES)('what follows an alert (%s)', (language) => {
  test('says in its first words what it is, and no two say the same', () => {
    const marks = LATER.map((purpose) => markOf(purpose, language))
    expect(new Set(marks).size).toBe(LATER.length)
    for (const purpose of LATER) {
      const mark = markOf(purpose, language) ?? ''
      const message = sampleMessage({ purpose, language, kind: 'drill' })
      const head = `${textsIn(language).drillMark} - Northwind: ${mark} - `
      expect(writeSms(message).startsWith(head)).toBe(true)
      expect(writePush(message).title.startsWith(head)).toBe(true)
      expect(writeEmail(message).subject.startsWith(head)).toBe(true)
    }
  })

  test.each(ENDS)('brings at its end (%s) no instruction of the alert and no answer to give', (purpose) => {
    const message = sampleMessage({ purpose, language })
    const { text, html } = writeEmail(message)
    const spoken = JSON.stringify(sayEnd(message, purpose))
    for (const said of [writeSms(message), writePush(message).body, text, html, spoken]) {
      expect(said).not.toContain('Leave by gate 2.')
      expect(said).not.toContain('I am safe')
    }
    expect(writePush(message)).toMatchObject({ kind: 'ended', actions: [], tag: 'alert-4821' })
  })

  test('brings with an update the new text and every answer, and replaces the notification of the alert', () => {
    const message = sampleMessage({ purpose: 'update', language, body: 'Meet at the pier.' })
    expect(writeSms(message)).toContain('Meet at the pier.')
    expect(writeSms(message)).toContain('I am safe')
    expect(writePush(message)).toMatchObject({ kind: 'alert', tag: 'alert-4821', body: 'Meet at the pier.' })
    expect(writeEmail(message).text).toContain(message.link)
    const spoken = openAlertCall(message, 'a.1', 'update')
    expect(spoken.say[0]?.text).toContain(markOf('update', language))
    expect(spoken.gather).not.toBeNull()
  })

  test('costs no more than two texts at its end', () => {
    for (const purpose of ENDS) {
      const size = measureSms(writeSms(sampleMessage({ purpose, language, kind: 'drill' })))
      expect(size.segments).toBeLessThanOrEqual(size.encoding === 'GSM-7' ? 2 : 4)
    }
  })
})

test('a cancellation carries what was written beside it, on every channel and within every limit', () => {
  const remark = 'The water is going down. '.repeat(11).trim()
  const message = sampleMessage({ purpose: 'cancelled', remark })
  expect(writeSms(message)).toContain(remark)
  expect(writeSms(message).length).toBeLessThanOrEqual(1600)
  expect(writeEmail(message).text).toContain(remark)
  expect(pushBytes(writePush({ ...message, remark: '水'.repeat(2000) }))).toBeLessThanOrEqual(PUSH_LIMIT)
  expect(JSON.stringify(sayEnd(message, 'cancelled'))).toContain('The water is going down.')
})

test('whoever runs the alert is told when it will end, and where to let it go on', () => {
  const text = writeSms(sampleMessage({ purpose: 'ending', link: 'https://alerts.example.org/alerts/1' }))
  expect(text).toContain('18:05 UTC')
  expect(text).toContain('https://alerts.example.org/alerts/1')
})
