import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { CallbackRequest } from '../../../src/application/ports/carrier.ts'
import { createSmtpCarrier } from '../../../src/channels/smtp/create-smtp-carrier.ts'
import { readFixture } from './read-fixture.ts'

const TOKEN = 'an-invented-token-of-30-letters'
const ATTEMPT = '0197f5d0-0000-7000-8000-000000000001.2'
const MARK = '0123456789abcdef0123456789abcdef'
const ID = `${ATTEMPT}.${MARK}`

const carrier = createSmtpCarrier({
  name: 'mail',
  from: 'alarm@example.org',
  callbackToken: TOKEN,
  transport: { send: async () => ({ outcome: 'taken' }) },
  markOf: (attemptId) => (attemptId === ATTEMPT ? MARK : 'f'.repeat(32)),
})
const request = (body: string, change: Partial<CallbackRequest> = {}): CallbackRequest => ({
  method: 'POST',
  url: 'https://alerts.example.org/callbacks/mail/x/email',
  topic: 'email',
  token: TOKEN,
  source: null,
  headers: new Headers(),
  body,
  ...change,
})
const receive = async (body: string, change: Partial<CallbackRequest> = {}) => carrier.receive?.(request(body, change))
const receiveFixture = (name: string, id = ID) => receive(readFixture(name, { id }))

describe('an answer by mail', () => {
  test.each([
    ['reply-web-en', '1'],
    ['reply-desktop-de', 'I am safe'],
    ['reply-phone-fr', '2 4821'],
    ['reply-html-only-es', '2'],
    ['reply-unclear-en', '2 people are with me, stuck on floor 3'],
  ])('is read without quotes and signature and finds the message that it answers (%s)', async (name, text) => {
    expect(await receiveFixture(name)).toMatchObject({ kind: 'mail', attemptId: ATTEMPT, text, automatic: false })
  })

  it('is kept whole beside what was read, with its subject', async () => {
    const event = await receiveFixture('reply-desktop-de')
    expect(event).toMatchObject({ whole: expect.stringMatching(/^AW: Northwind.*Grüßen\nBen Holt\n.*Von: /s) })
  })

  it('with a guessed mark, or somebody else’s, answers nothing', async () => {
    for (const id of [`${ATTEMPT}.${'0'.repeat(32)}`, `${ATTEMPT.replace(/2$/, '1')}.${MARK}`, ATTEMPT]) {
      expect(await receiveFixture('reply-web-en', id)).toMatchObject({ kind: 'mail', attemptId: null })
    }
  })

  it('finds its message also when a server changed the case of its name', async () => {
    expect(await receiveFixture('reply-web-en', ID.toUpperCase())).toMatchObject({ attemptId: ATTEMPT })
  })

  it('that only quotes our name in its text answers nothing', async () => {
    const text = readFixture('stranger', { code: `4821 <${ID}@example.org>` })
    expect(await receive(text)).toMatchObject({ kind: 'mail', attemptId: null })
  })

  it('that is delivered twice has one name, and two answers have two', async () => {
    const nameOf = async (raw: string) => {
      const event = await receive(raw)
      return event?.kind === 'mail' ? event.messageId : null
    }
    const raw = readFixture('reply-web-en', { id: ID })
    const again = `Received: from another.example.net by mail.example.org; Mon, 1 Mar 2027 14:11:00 +0000\r\n${raw}`
    expect(await nameOf(again)).toBe(await nameOf(raw))
    expect(await nameOf(readFixture('reply-desktop-de', { id: ID }))).not.toBe(await nameOf(raw))
    const nameless = raw.replace(/^Message-ID:.*\r\n/m, '')
    expect(await nameOf(nameless)).toMatch(/^[0-9a-f]{64}$/)
    expect(await nameOf(nameless)).not.toBe(await nameOf(raw))
  })
})

describe('a mail that a machine wrote', () => {
  test.each(['absence-marked', 'absence-by-subject-de', 'read-receipt'])('is no answer (%s)', async (name) => {
    expect(await receiveFixture(name)).toMatchObject({ kind: 'mail', automatic: true })
  })

  test.each([
    'Auto-Submitted: auto-replied',
    'auto-submitted: auto-notified; owner-email="a@example.org"',
    'Precedence: bulk',
    'Precedence: auto_reply',
    'Precedence: junk',
    'X-Autoreply: yes',
    'X-Autorespond: absence',
    'X-Auto-Response-Suppress: DR, OOF, AutoReply',
    'Return-Path: <>',
  ])('is told by its header %s', async (header) => {
    const raw = readFixture('reply-desktop-de', { id: ID })
    expect(await receive(`${header}\r\n${raw}`)).toMatchObject({ kind: 'mail', automatic: true })
  })

  test.each([
    'Out of office: back on Monday',
    'Automatische Antwort: Übung',
    'Réponse automatique : exercice',
    'Respuesta automática: simulacro',
    'Risposta automatica: esercitazione',
    'Automatisch antwoord: oefening',
    'Odpowiedź automatyczna: ćwiczenia',
  ])('is told by its subject %s', async (subject) => {
    const raw = readFixture('reply-desktop-de', { id: ID }).replace(/^Subject: .*$/m, `Subject: ${subject}`)
    expect(await receive(raw)).toMatchObject({ automatic: true })
  })

  it('is not told by a header that says that a person wrote it, nor by the subject of the alert', async () => {
    const raw = readFixture('reply-desktop-de', { id: ID })
    const subject = raw.replace(/^Subject: .*$/m, 'Subject: Re: Northwind: Absence of power (4821)')
    expect(await receive(`Auto-Submitted: no\r\n${subject}`)).toMatchObject({ automatic: false })
  })
})

describe('a mail that comes back', () => {
  test.each([
    ['bounce-no-mailbox', 'smtp.5.1.1', true],
    ['bounce-by-envelope', 'smtp.5.2.2', false],
    ['bounce-free-text', 'smtp.5.1.1', true],
  ])('is a failure of its attempt (%s: %s, permanent %s)', async (name, code, permanent) => {
    const event = await receiveFixture(name)
    expect(event).toMatchObject({ kind: 'status', attemptId: ATTEMPT, state: 'failed', error: { code, permanent } })
    expect(event).toMatchObject({ providerId: `<${ID}@example.org>` })
    expect(JSON.stringify(event)).not.toContain('example.com')
  })

  it('only late is no failure', async () => {
    expect(await receiveFixture('bounce-delayed')).toMatchObject({ kind: 'status', state: 'sent' })
  })

  it('with a guessed mark fails nothing', async () => {
    const forged = `${ATTEMPT}.${'0'.repeat(32)}`
    for (const name of ['bounce-no-mailbox', 'bounce-by-envelope', 'bounce-free-text']) {
      expect(await receiveFixture(name, forged)).toMatchObject({ kind: 'mail', attemptId: null, automatic: true })
    }
  })
})

describe('what is brought without proof', () => {
  it('is not read, with a wrong token, a longer one, or none', async () => {
    const raw = readFixture('reply-web-en', { id: ID })
    for (const token of [null, '', `${TOKEN}x`, TOKEN.slice(1), TOKEN.toUpperCase()]) {
      expect(await receive(raw, { token })).toBeNull()
    }
  })

  it('is not read where no token is configured, not even with an empty one', async () => {
    const closed = createSmtpCarrier({
      name: 'mail',
      from: 'alarm@example.org',
      transport: { send: async () => ({ outcome: 'taken' }) },
      markOf: () => MARK,
    })
    expect(await closed.receive?.(request('', { token: '' }))).toBeNull()
  })
})

describe('what is no mail', () => {
  it('is refused, and whatever it holds nothing else is thrown', { timeout: 30_000 }, async () => {
    await expect(receive('hello')).rejects.toMatchObject({ code: 'callback.malformed' })
    await expect(receive('', { topic: 'sms' })).rejects.toMatchObject({ field: 'topic' })
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), fc.boolean(), async (text, headed) => {
        const raw = headed ? `From: a@example.org\r\nSubject: ${text}\r\n\r\n${text}` : text
        const event = await receive(raw).catch((error: unknown) => error)
        expect(event).toMatchObject(headed ? { kind: 'mail', attemptId: null } : {})
      }),
      { numRuns: 100 },
    )
  })
})
