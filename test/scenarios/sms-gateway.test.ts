import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { type Service, startService } from '../../src/platform/node/start-service.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import { sampleOutgoing } from '../channels/sample-outgoing.ts'
import { gatewayAt } from '../channels/sms-gateway/gateway-rig.ts'
import { freePorts, installKannel, type Kannel } from '../harness/kannel.ts'
import { TEMPLATE } from '../harness/rig.ts'

const TOKEN = 'example-callback-token-not-real'
const PASSWORD = 'example-password-not-real'
const [AMIRA, BEN, CHLOE, DARIO] = ['+447700900101', '+447700900102', '+447700900103', '+447700900104']
const OURS = '+441632960001'
const folder = mkdtempSync(join(tmpdir(), 'tocsin-gateway-'))
const CARRIERS = join(folder, 'carriers.json')
const secret = makeSecret()
const soon = { timeout: 15_000, interval: 50 }

let kannel: Kannel
let service: Service
let alert: AlertView
beforeAll(async () => {
  kannel = await installKannel()
  const modem = {
    name: 'modem',
    kind: 'sms-gateway',
    channels: ['sms'],
    url: kannel.sendsmsUrl,
    username: 'tocsin',
    password: { env: 'GATEWAY_PASSWORD' },
    callbackToken: { env: 'GATEWAY_TOKEN' },
    allowedSources: ['127.0.0.1'],
  }
  writeFileSync(CARRIERS, JSON.stringify({ carriers: [modem] }))
  const [port] = await freePorts(1)
  service = await startHere(String(port))
  await kannel.start(service.url, { password: PASSWORD, token: TOKEN })
  await ask(
    'POST',
    '/people/imports?mode=apply&tree=Everyone',
    `name,mobile,language\nAmira Ward,${AMIRA},en\nBen Holt,${BEN},en\nChloé Petit,${CHLOE},fr\nDario Rossi,${DARIO},en`,
    'text/csv',
  )
  await ask('POST', '/templates', JSON.stringify({ ...TEMPLATE, plan: [{ after: 'PT0S', channels: ['sms'] }] }))
  alert = await ask<AlertView>(
    'POST',
    '/alerts',
    JSON.stringify({ template: 'Flood', trees: ['Everyone'], kind: 'live' }),
  )
}, 60_000)
afterAll(async () => {
  await service?.stop()
  await kannel?.stop()
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

function startHere(port: string): Promise<Service> {
  const environment = readEnvironment({
    TOCSIN_DATA: join(folder, 'data'),
    TOCSIN_PORT: port,
    TOCSIN_PUBLIC_URL: `http://localhost:${port}`,
    TOCSIN_SECRET: secret,
    TOCSIN_CARRIERS: CARRIERS,
    TOCSIN_TRUSTED_PROXIES: '127.0.0.1',
  })
  return startService(environment, { GATEWAY_PASSWORD: PASSWORD, GATEWAY_TOKEN: TOKEN })
}

async function ask<Body>(method: string, path: string, body?: string, type = 'application/json'): Promise<Body> {
  const init = { method, headers: { 'content-type': type }, ...(body === undefined ? {} : { body }) }
  const response = await service.askAsHost(new Request(`${service.url}/api/v1${path}`, init))
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}
const recipient = async (name: string) => {
  const { items } = await ask<{ items: RecipientView[] }>('GET', `/alerts/${alert.id}/recipients`)
  return items.find((one) => one.name === name)
}
const textsTo = (number: string) => kannel.arrived().flatMap(({ to, text }) => (to === number ? [text] : []))

describe('an alert by an SMS gateway of our own (the real Kannel, a simulated network)', () => {
  it('reaches every phone, and the reports of the network prove that it is there', { timeout: 30_000 }, async () => {
    await vi.waitFor(async () => {
      for (const name of ['Amira Ward', 'Ben Holt', 'Chloé Petit', 'Dario Rossi']) {
        expect(await recipient(name)).toMatchObject({ rung: 'delivered' })
      }
    }, soon)
    const whole = new RegExp(`^Tocsin: Flood at dock 3\\n.*${alert.code}\\nhttp.*UTC`, 's')
    await vi.waitFor(() => expect(textsTo(AMIRA)).toEqual([expect.stringMatching(whole)]), soon)
    await vi.waitFor(() => expect(textsTo(CHLOE)[0]).toContain('Inondation au quai 3'), soon)
  })

  it('is acknowledged by a text, and the confirmation goes back as one', { timeout: 30_000 }, async () => {
    await kannel.text(AMIRA, OURS, 'text', `1 ${alert.code}`)
    await vi.waitFor(async () => {
      expect(await recipient('Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'sms' })
      expect(textsTo(AMIRA)).toEqual([expect.anything(), expect.stringContaining('Yes')])
    }, soon)
    expect(kannel.arrived().at(-1)).toMatchObject({ from: OURS, to: AMIRA })
  })

  it('is acknowledged in letters of two bytes', { timeout: 30_000 }, async () => {
    await kannel.text(CHLOE, OURS, 'ucs2', '%00N%00%D3%00N')
    await vi.waitFor(async () => {
      expect(await recipient('Chloé Petit')).toMatchObject({ rung: 'acknowledged', response: 'no' })
    }, soon)
  })

  it('stops for whoever says STOP, who is told so', { timeout: 30_000 }, async () => {
    await kannel.text(BEN, OURS, 'text', 'STOP')
    await vi.waitFor(() => expect(textsTo(BEN)).toHaveLength(2), soon)
    expect(textsTo(BEN)[1]).toMatch(/START/)
    expect((await recipient('Ben Holt'))?.rung).toBe('delivered')
  })

  it('answers no machine, and sends nothing where there is nothing to say', { timeout: 30_000 }, async () => {
    const before = kannel.arrived().length
    await kannel.text('85080', OURS, 'text', 'Your credit is low')
    await kannel.text(AMIRA, OURS, 'text', `2 ${alert.code}`)
    await vi.waitFor(() => expect(textsTo(AMIRA)).toHaveLength(3), soon)
    expect(kannel.arrived()).toHaveLength(before + 1)
    expect(kannel.arrived().some(({ to }) => to === '85080')).toBe(false)
  })

  it('keeps every letter and line of a text in any script', { timeout: 30_000 }, async () => {
    const [carrier] = service.deps.carriers
    const phone = '+447700900109'
    const body = 'Wyjdź bramą 2.\nЗустріч біля воріт 🚪'
    const sent = await carrier?.send(sampleOutgoing({ address: phone, body }))
    expect(sent).toMatchObject({ outcome: 'accepted' })
    await vi.waitFor(() => expect(textsTo(phone)).toEqual([expect.stringContaining(body)]), soon)
  })

  it.each([
    ['a wrong password', { password: 'wrong' }, {}, { outcome: 'retryLater', code: 'sms-gateway.authorization' }],
    ['a number that is none', {}, { address: 'nobody' }, { outcome: 'refused', code: 'sms-gateway.denied' }],
    ['no number', {}, { address: '' }, { outcome: 'refused', code: 'sms-gateway.receiver', blame: 'address' }],
  ])('is refused for %s, in words that we understand', async (_, change, message, expected) => {
    const carrier = gatewayAt(kannel.sendsmsUrl, { password: PASSWORD, ...change })
    expect(await carrier.send(sampleOutgoing(message))).toMatchObject(expected)
  })

  it('loses no answer that comes while the service restarts', { timeout: 60_000 }, async () => {
    const { port } = new URL(service.url)
    await service.stop()
    await kannel.text(DARIO, OURS, 'text', `2 ${alert.code}`)
    service = await startHere(port)
    await vi.waitFor(async () => {
      expect(await recipient('Dario Rossi')).toMatchObject({ rung: 'acknowledged', response: 'no' })
      expect(textsTo(DARIO)).toHaveLength(2)
    }, soon)
  })

  it('takes no callback with another secret, from another place, or for another carrier, and says the same to all', async () => {
    const refusals = await Promise.all(
      [
        [`/callbacks/modem/${TOKEN}x/status?type=1`, {}],
        [`/callbacks/other/${TOKEN}/status?type=1`, {}],
        [`/callbacks/modem/${TOKEN}/status?type=1`, { 'x-forwarded-for': '127.0.0.1, 192.0.2.7' }],
        [`/callbacks/modem/sms?type=1`, {}],
      ].map(async ([path, headers]) => {
        const method = String(path).startsWith('/callbacks/modem/sms') ? 'POST' : 'GET'
        const response = await fetch(service.url + path, { method, headers: headers as Record<string, string> })
        return `${response.status} ${await response.text()}`
      }),
    )
    expect(new Set(refusals).size).toBe(1)
    expect(refusals[0]).toMatch(/^403 .*callback\.not_proven/)
    const asHost = await service.askAsHost(new Request(`${service.url}/callbacks/modem/${TOKEN}/status?type=1`))
    expect(asHost.status).toBe(403)
    for (const headers of [{}, { 'x-forwarded-for': '192.0.2.7, 127.0.0.1' }]) {
      const near = await fetch(`${service.url}/callbacks/modem/${TOKEN}/status?type=1`, { headers })
      const forwarded = Object.keys(headers).length > 0
      expect(near.status).toBe(forwarded ? 403 : 422)
    }
  })
})
