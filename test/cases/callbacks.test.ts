import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import twilio from 'twilio'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SECOND } from '../../src/domain/clock.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import { ORIGIN, type Rig, SENDER, startRig, TOKEN } from '../harness/rig.ts'

const FORM = readFileSync(join(import.meta.dirname, '../fixtures/cases/case-18-inbound-sms.form'), 'utf8').trim()
const PHONE = '+33639981234'
const folder = mkdtempSync(join(tmpdir(), 'tocsin-case-'))
const secret = makeSecret()

let rig: Rig
let alertId: string
let code: string
beforeEach(async () => {
  rig = await startRig(join(folder, `${Math.random()}.db`), secret)
  await rig.importPeople(`name,mobile,language\nZoé Petit,${PHONE},fr`)
  await rig.saveTemplate()
  ;({ id: alertId, code } = await rig.raise())
  await rig.advance(20 * SECOND)
})
afterEach(() => rig.close())

function signed(params: Record<string, string>, topic = 'sms', headers: Record<string, string> = {}): RequestInit {
  const signature = twilio.getExpectedTwilioSignature?.(TOKEN, `${ORIGIN}/callbacks/first/${topic}`, params)
  return {
    method: 'POST',
    body: new URLSearchParams(params).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signature ? { 'x-twilio-signature': signature } : {}),
      ...headers,
    },
  }
}
const inbound = (sid = 'SM00000000000000000000000000000001', text = `OUI ${code} – c’est bon`) => ({
  ...Object.fromEntries(new URLSearchParams(FORM)),
  Body: text,
  MessageSid: sid,
  To: SENDER,
})
/** As a proxy hands it on: another host and scheme than the public ones. */
const post = (init: RequestInit, topic = 'sms') => rig.app.request(`http://app:8787/callbacks/first/${topic}`, init, {})
const answers = async () => (await rig.deps.store.answers.of(alertId)).length

describe('reported failures of webhooks', () => {
  it('17: a signature is judged by the configured address; no forwarded header has a say', async () => {
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example.net' }
    const changed = signed(inbound())
    changed.body = String(changed.body).replace('OUI', 'NON')
    expect((await post(changed)).status).toBe(403)
    const unsigned = signed(inbound())
    unsigned.headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await post(unsigned)).status).toBe(403)
    expect(await answers()).toBe(0)
    expect((await post(signed(inbound(), 'sms', forwarded))).status).toBe(200)
    expect(await answers()).toBe(1)
  })

  it('18: a callback without an Origin is taken, a form of another site is not', async () => {
    expect((await post(signed(inbound()))).status).toBe(200)
    expect(await answers()).toBe(1)
    const foreign = await rig.app.request(
      `${ORIGIN}/a/token`,
      {
        method: 'POST',
        body: 'answer=yes',
        headers: { origin: 'https://evil.example.net', 'content-type': 'application/x-www-form-urlencoded' },
      },
      {},
    )
    expect(foreign.status).toBe(403)
  })

  it('19: the same text five times at once and again later is one answer, one reply and one audit entry', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, async () => (await post(signed(inbound()))).text()))
    replies.push(await (await post(signed(inbound()))).text())
    expect(replies.filter((reply) => reply.includes('<Message>'))).toHaveLength(1)
    expect(await answers()).toBe(1)
    const { items } = await rig.deps.store.records.auditEntries({ cursor: null, limit: 100 })
    expect(items.filter((entry) => entry.act === 'answer.record')).toHaveLength(1)
    expect((await post(signed(inbound('SM00000000000000000000000000000002')))).status).toBe(200)
    expect((await rig.alert(alertId)).counts.acknowledged).toBe(1)
  })

  it('25: looking at the link changes nothing however often; only the POST answers', async () => {
    const text = rig.simulator.phones.get(PHONE).texts[0]?.text ?? ''
    const path = new URL(/https:\S+/.exec(text)?.[0] ?? ORIGIN).pathname
    for (const [method, headers] of [
      ['GET', {}],
      ['HEAD', {}],
      ['GET', { 'sec-purpose': 'prefetch' }],
    ] as const) {
      expect((await rig.app.request(ORIGIN + path, { method, headers }, {})).status).toBe(200)
    }
    expect((await rig.alert(alertId)).counts).toMatchObject({ heard: 0, acknowledged: 0 })
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN }
    for (let tap = 0; tap < 2; tap++) {
      expect(
        (await rig.app.request(ORIGIN + path, { method: 'POST', body: 'answer=yes', headers: form }, {})).status,
      ).toBe(200)
    }
    expect(await answers()).toBe(1)
  })

  it('a genuine callback that makes no sense is refused with its field and changes nothing', async () => {
    const { MessageSid: _, ...rest } = inbound()
    const response = await post(signed(rest))
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ code: 'callback.malformed', field: expect.any(String) })
    expect(await answers()).toBe(0)
  })

  it('a reply after the end is kept on its alert, told so, and moves nobody', async () => {
    await rig.ask(`/api/v1/alerts/${alertId}/close`, { method: 'POST' })
    const reply = await (await post(signed(inbound()))).text()
    expect(reply).toContain('<Message>')
    expect((await rig.alert(alertId)).counts.acknowledged).toBe(0)
    expect(await answers()).toBe(1)
  })
})

process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
