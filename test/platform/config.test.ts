import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { limitsOf } from '../../src/platform/carrier-limits.ts'
import { ConfigProblem, readCarriers, readEnvironment, requirePublicUrl } from '../../src/platform/config.ts'
import { createVault, makeSecret, readKeyring } from '../../src/platform/vault.ts'

const SUBJECTS = readFileSync(join(import.meta.dirname, '../fixtures/cases/case-31-vapid-subjects.csv'), 'utf8')
const rows = parse(SUBJECTS, { columns: true }) as { subject: string; expected: string }[]
const carriers = (subject: string) =>
  JSON.stringify({ carriers: [{ name: 'push', kind: 'webpush', channels: ['push'], subject }] })

describe('the start', () => {
  it.each(rows)('31: takes or refuses the push subject "$subject" as a push service would ($expected)', (row) => {
    const read = () => readCarriers(carriers(row.subject), {})
    if (row.expected === 'ok') expect(read()).toHaveLength(1)
    else expect(read).toThrow(/TOCSIN_CARRIERS: carriers\.0\.subject/)
  })

  it('names the setting that is wrong', () => {
    expect(() => readEnvironment({ TOCSIN_PORT: 'x' })).toThrow(/^TOCSIN_PORT/)
    expect(() => readEnvironment({ TOCSIN_PUBLIC_URL: 'ftp://x' })).toThrow(/^TOCSIN_PUBLIC_URL/)
    for (const TOCSIN_REGION of ['Britain', 'ZZ', 'EU']) {
      expect(() => readEnvironment({ TOCSIN_REGION })).toThrow(/^TOCSIN_REGION/)
    }
    expect(() => readEnvironment({ TOCSIN_LANGUAGE: 'xx' })).toThrow(/^TOCSIN_LANGUAGE/)
    expect(() => readCarriers('{', {})).toThrow(ConfigProblem)
  })

  it.each([
    'https://example.org/alerts',
    'https://example.org/?a',
    'https://example.org/#a',
    'https://me:word@example.org',
    'alerts.example.org',
  ])('refuses %s as its address: links, the app and the callbacks would lead nowhere', (url) => {
    expect(() => readEnvironment({ TOCSIN_PUBLIC_URL: url })).toThrow(/^TOCSIN_PUBLIC_URL: an address such as/)
  })

  it('wants https for a live service, but at this machine itself', () => {
    const read = (url: string) => requirePublicUrl(readEnvironment({ TOCSIN_PUBLIC_URL: url }))
    expect(read('https://Alerts.example.org:443/')).toBe('https://alerts.example.org')
    expect(read('http://localhost:8787')).toBe('http://localhost:8787')
    expect(() => read('http://alerts.example.org')).toThrow(/^TOCSIN_PUBLIC_URL must begin with https/)
    expect(() => read('')).toThrow(/^TOCSIN_PUBLIC_URL is missing/)
  })

  it('takes what a carrier may do and cost, and refuses a cap without prices or two currencies', () => {
    const base = {
      kind: 'twilio',
      channels: ['sms'],
      accountSid: `AC${'0'.repeat(32)}`,
      authToken: 'x',
      from: 'HARBOUR',
    }
    const read = (...all: object[]) => readCarriers(JSON.stringify({ carriers: all }), {})
    const prices = { currency: 'EUR', sms: { GB: 0.04, other: 0.0075 }, voice: 0.02 }
    const [config] = read({
      ...base,
      name: 'a',
      countries: ['GB'],
      registered: [],
      concurrency: 5,
      prices,
      spendCap: 200,
    })
    expect(config?.kind === 'twilio' && limitsOf(config)).toEqual({
      countries: ['GB'],
      sender: 'HARBOUR',
      registered: [],
      prices: { currency: 'EUR', sms: { GB: 40_000, other: 7_500 }, voice: { other: 20_000 } },
      spendCap: 200_000_000,
    })
    expect(() => read({ ...base, name: 'a', countries: ['UK'] })).toThrow(
      /carriers\.0\.countries\.0: a country such as "GB"/,
    )
    expect(() => read({ ...base, name: 'a', spendCap: 5 })).toThrow(/carriers\.0\.spendCap: a cap needs "prices"/)
    const two = [prices, { ...prices, currency: 'USD' }].map((one, index) => ({
      ...base,
      name: `c${index}`,
      prices: one,
    }))
    expect(() => read(...two)).toThrow(/prices must all be in one currency/)
  })

  it('names the variable that should hold a token and does not', () => {
    const twilio = {
      name: 'first',
      kind: 'twilio',
      channels: ['sms'],
      accountSid: `AC${'0'.repeat(32)}`,
      authToken: { env: 'MY_TOKEN' },
      from: '+12025550100',
    }
    const json = JSON.stringify({ carriers: [twilio] })
    expect(() => readCarriers(json, {})).toThrow(/MY_TOKEN/)
    expect(readCarriers(json, { MY_TOKEN: 'x' })[0]).toMatchObject({ authToken: 'x' })
  })

  it('takes a webhook only with a secret as the specification wants it, and knows the targets that it may have', () => {
    const webhook = { name: 'sat', kind: 'webhook', channels: ['webhook'], secret: { env: 'GATEWAY_SECRET' } }
    const secret = `whsec_${'A'.repeat(43)}=`
    const read = (change: object, GATEWAY_SECRET = secret) =>
      readCarriers(JSON.stringify({ carriers: [{ ...webhook, ...change }] }), { GATEWAY_SECRET })
    expect(read({})[0]).toMatchObject({ secret })
    expect(read({ allowedTargets: ['192.0.2.0/24', 'radio.local'], messagesPerSecond: 0.2 })[0]).toMatchObject({
      allowedTargets: [{ prefix: 24 }, { host: 'radio.local' }],
    })
    for (const wrong of [
      'A'.repeat(44),
      'whsec_AAAA',
      'whsec_',
      `whsec_${'A'.repeat(200)}`,
      `whsec_${'*'.repeat(44)}`,
    ]) {
      expect(() => read({}, wrong)).toThrow(/^Carrier "sat" needs a secret of "whsec_"/)
    }
    expect(() => read({ allowedTargets: ['http://radio.local'] })).toThrow(/carriers\.0\.allowedTargets\.0/)
    expect(() => read({ channels: ['sms'] })).toThrow(/carriers\.0\.channels/)
  })

  it('takes an SMS gateway only with a secret and a place for its callbacks, since it cannot sign', () => {
    const gateway = {
      name: 'modem',
      kind: 'sms-gateway',
      channels: ['sms'],
      url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
      username: 'tocsin',
      password: { env: 'GATEWAY_PASSWORD' },
      callbackToken: { env: 'GATEWAY_TOKEN' },
      allowedSources: ['127.0.0.1', '192.0.2.0/24'],
    }
    const read = (change: object, variables: Record<string, string> = {}) =>
      readCarriers(JSON.stringify({ carriers: [{ ...gateway, ...change }] }), {
        GATEWAY_PASSWORD: 'x',
        GATEWAY_TOKEN: 'example-callback-token-not-real',
        ...variables,
      })
    expect(read({})[0]).toMatchObject({ password: 'x', callbackToken: 'example-callback-token-not-real' })
    expect(() => read({}, { GATEWAY_PASSWORD: '' })).toThrow(/"modem" takes its password from GATEWAY_PASSWORD/)
    for (const token of ['too-short', 'example/callback/token/not/real', '%example-callback-token-not-real']) {
      expect(() => read({}, { GATEWAY_TOKEN: token })).toThrow(/"modem" needs a callbackToken/)
    }
    expect(() => read({ allowedSources: [] })).toThrow(/carriers\.0\.allowedSources/)
    expect(() => read({ allowedSources: ['gateway.example.org'] })).toThrow(/allowedSources\.0.*no IP address/)
  })

  it('opens what it sealed, and nothing that was changed or sealed with another secret', () => {
    const keyring = readKeyring(makeSecret())
    const other = readKeyring(makeSecret())
    if (!keyring || !other) throw new Error('no keyring')
    const vault = createVault(keyring)
    const sealed = vault.seal('+447700900101')
    expect(vault.open(sealed)).toBe('+447700900101')
    expect(sealed).not.toContain('7700900101')
    expect(() => createVault(other).open(sealed)).toThrow(/TOCSIN_SECRET/)
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
    expect(() => vault.open(changed)).toThrow()
    expect(readKeyring('too short')).toBeNull()
  })
})
