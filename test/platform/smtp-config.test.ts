import { afterEach, describe, expect, it, test, vi } from 'vitest'
import { ConfigProblem, readCarriers } from '../../src/platform/config.ts'
import { readSmtpUrl } from '../../src/platform/node/smtp-url.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import worker from '../../src/platform/workers/worker.ts'

const mail = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    carriers: [
      {
        name: 'mail',
        kind: 'smtp',
        channels: ['email'],
        url: { env: 'SMTP_URL' },
        from: 'alarm@example.org',
        ...change,
      },
    ],
  })
const SMTP_URL = 'smtp://alarm:p%40ss@mail.example.org'

describe('a mail carrier’s settings', () => {
  afterEach(() => vi.restoreAllMocks())

  it('take the URL and the token from the environment, and name the variable that is not set', () => {
    const json = mail({ callbackToken: { env: 'MAIL_TOKEN' }, mailsPerSecond: 5 })
    const MAIL_TOKEN = 'an-invented-token-of-30-letters'
    expect(readCarriers(json, { SMTP_URL, MAIL_TOKEN })).toMatchObject([
      { url: SMTP_URL, callbackToken: MAIL_TOKEN, mailsPerSecond: 5 },
    ])
    expect(() => readCarriers(json, { SMTP_URL })).toThrow('Carrier "mail" takes its callbackToken from MAIL_TOKEN')
    expect(() => readCarriers(json, { MAIL_TOKEN })).toThrow('Carrier "mail" takes its url from SMTP_URL')
    expect(() => readCarriers(json, { SMTP_URL, MAIL_TOKEN: 'short' })).toThrow(/callbackToken of letters, digits/)
  })

  test.each([
    'alarm',
    'Alarm <alarm@example.org>',
    'a@example.org, b@example.org',
    'alarm@example.org\r\nBcc: x@y.org',
  ])('refuse what is not one address to send from (%j)', (from) => {
    expect(() => readCarriers(mail({ from }), { SMTP_URL })).toThrow(/^TOCSIN_CARRIERS: carriers\.0\.from/)
  })

  it('say by the URL how TLS is used', () => {
    const read = (url: string) => readSmtpUrl('mail', url)
    expect(read(SMTP_URL)).toEqual({
      host: 'mail.example.org',
      port: 587,
      implicitTls: false,
      loopback: false,
      login: { user: 'alarm', pass: 'p@ss' },
    })
    expect(read('smtps://mail.example.org')).toMatchObject({ port: 465, implicitTls: true, login: null })
    expect(read('smtp://127.0.0.1:25')).toMatchObject({ port: 25, loopback: true })
    expect(read('smtp://[::1]:25/')).toMatchObject({ host: '::1', loopback: true })
    expect(read('smtp://localhost')).toMatchObject({ loopback: true })
    expect(read('smtp://localhost.example.org')).toMatchObject({ loopback: false })
    expect(read('smtp://127.0.0.1.example.org')).toMatchObject({ loopback: false })
  })

  test.each([
    'mail.example.org',
    'http://u:secret@mail.example.org',
    'smtp://u:secret@mail.example.org?ignoreTLS=true',
    'smtp://',
    'smtp://u:%zz@mail.example.org',
  ])('stop the start when the URL is %s, without showing a password', (url) => {
    expect(() => readSmtpUrl('mail', url)).toThrow(ConfigProblem)
    expect(() => readSmtpUrl('mail', url)).toThrow(/^Carrier "mail" needs a url such as(?!.*secret)/)
  })

  it('keep a Worker from starting, which cannot speak SMTP, with a sentence that says so', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const bindings = {
      TOCSIN_SECRET: makeSecret(),
      TOCSIN_PUBLIC_URL: 'https://alerts.example.org',
      TOCSIN_CARRIERS: mail({ url: SMTP_URL }),
    }
    const request = new Request('https://alerts.example.org/healthz')
    const answered = await worker.fetch(request, bindings as never, { waitUntil() {} })
    expect(answered.status).toBe(503)
    expect(said).toHaveBeenCalledWith('Carrier "mail" needs SMTP, which only Node can speak.')
  })
})
