import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PUSH_LIMIT, pushBytes, writePush } from '../../../src/domain/messages/write-push.ts'
import { sampleMessage } from './sample-message.ts'

describe('the push of an alert', () => {
  test('names the attempt, the page, and the first two answers', () => {
    const message = sampleMessage({ kind: 'drill' })
    const more = { digit: '3', code: 'away', label: 'I am away' }
    expect(writePush({ ...message, responses: [...message.responses, more] })).toEqual({
      id: message.attemptId,
      kind: 'alert',
      title: 'DRILL - Northwind: Evacuate building A',
      body: 'Leave by gate 2.',
      lang: 'en',
      url: message.link,
      tag: 'alert-4821',
      actions: [
        { action: 'safe', title: 'I am safe' },
        { action: 'help', title: 'I need help' },
      ],
      answerUrl: `${message.link}?attempt=${encodeURIComponent(message.attemptId)}`,
      shownUrl: `${message.link}/shown?attempt=0197f5d0-0000-7000-8000-000000000001.1`,
      raisedAt: message.raisedAt,
    })
  })

  test('at the end replaces the alert and offers nothing', () => {
    const payload = writePush(sampleMessage({ purpose: 'all_clear' }))
    expect(payload).toMatchObject({ kind: 'ended', tag: 'alert-4821', actions: [] })
    expect(payload.body).not.toContain('gate 2')
  })

  test('is cut by bytes, not by characters, and keeps its ids (reported failure 14)', () => {
    const reported: { title: string; body: string } = JSON.parse(
      readFileSync('test/fixtures/cases/case-14-push-payload.json', 'utf8'),
    )
    const payload = writePush(sampleMessage({ title: reported.title, body: reported.body }))
    expect(pushBytes(payload)).toBeLessThanOrEqual(PUSH_LIMIT)
    expect(pushBytes(payload)).toBeGreaterThan(PUSH_LIMIT - 10)
    expect(payload.body).toMatch(/^é+…$/)
    expect(payload.title).toContain('Évacuation')
    expect(payload.url).toBe(sampleMessage().link)
  })

  test('fits whatever is written in it, in whole characters', () => {
    const anyText = (maxLength: number) => fc.string({ unit: 'binary', maxLength })
    fc.assert(
      fc.property(anyText(200), anyText(2500), anyText(200), anyText(80), (title, body, organisation, label) => {
        const responses = [{ digit: '1', code: 'safe', label }]
        const message = sampleMessage({ title, body, organisation, responses })
        for (const limit of [PUSH_LIMIT, 1_200]) {
          const payload = writePush(message, limit)
          expect(pushBytes(payload)).toBeLessThanOrEqual(limit)
          expect(JSON.stringify(payload)).not.toContain('\\ud')
          expect(payload).toMatchObject({ id: message.attemptId, url: message.link, tag: 'alert-4821' })
        }
      }),
    )
  })
})
