import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { Report } from '../../src/contract/reports.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createVault, makeSecret, readKeyring } from '../../src/platform/vault.ts'
import type { D1Database } from '../../src/platform/workers/bindings.ts'
import { openD1 } from '../../src/platform/workers/database.ts'
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import { createStore } from '../../src/store/create-store.ts'
import { migrateD1 } from '../contracts/databases.ts'
import { TEMPLATE } from '../harness/rig.ts'

const ROOT = join(import.meta.dirname, '../..')
const ACCOUNT = 'AC00000000000000000000000000000001'
const SENDER = '+12025550100'
const CALLBACK_TOKEN = 'example-callback-token-not-real'
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  DO_NOT_TRACK: '1',
  CI: '1',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}
const AMIRA = '+447700900101'
const BEN = '+447700900102'

let folder: string
let built: string
let workers: Miniflare
let url: string
let key: string
let simulator: Simulator
let closeSimulator: () => void

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-workers-'))
  const wrangler = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
  const options = { cwd: ROOT, env: { ...process.env, ...QUIET }, encoding: 'utf8' } as const
  built = execFileSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', folder], options)

  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  simulator = createSimulator({
    accounts: [
      {
        accountSid: ACCOUNT,
        authToken: 'invented-token',
        numbers: [SENDER],
        smsWebhook: `${url}/callbacks/first/sms`,
        voiceWebhook: `${url}/callbacks/first/voice`,
      },
    ],
    fetch: (request) => fetch(request),
    now: Date.now,
    // The clock of workerd cannot be moved by hand: phones there take their real, short time.
    later: (ms, run) => void setTimeout(run, ms).unref(),
  })
  const server = serve({ fetch: simulator.app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  closeSimulator = () => server.close()
  const carrier = {
    name: 'first',
    kind: 'twilio',
    channels: ['sms', 'voice'],
    accountSid: ACCOUNT,
    authToken: 'invented-token',
    from: SENDER,
    apiBaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }
  const modem = {
    name: 'modem',
    kind: 'sms-gateway',
    channels: ['sms'],
    url: 'https://gateway.example.org/cgi-bin/sendsms',
    username: 'tocsin',
    password: 'example-password-not-real',
    callbackToken: CALLBACK_TOKEN,
    allowedSources: ['192.0.2.0/24'],
  }
  const secret = makeSecret()
  workers = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      modulesRoot: folder,
      scriptPath: join(folder, readdirSync(folder).find((file) => file.endsWith('.js')) ?? 'worker.js'),
      host: '127.0.0.1',
      port,
      cf: false,
      telemetry: { enabled: false },
      compatibilityDate: '2026-08-15',
      compatibilityFlags: ['nodejs_compat'],
      d1Databases: ['DB'],
      queueProducers: { DISPATCH: 'tocsin-dispatch' },
      queueConsumers: { 'tocsin-dispatch': { maxBatchSize: 10, maxBatchTimeout: 0.1, maxRetries: 3 } },
      serviceBindings: { ASSETS: () => new Response(null, { status: 404 }) as never },
      bindings: {
        TOCSIN_SECRET: secret,
        TOCSIN_PUBLIC_URL: url,
        TOCSIN_CARRIERS: JSON.stringify({ carriers: [carrier, modem] }),
        TOCSIN_ORGANISATION: 'Harbour Watch',
      },
    } as never),
  )
  await workers.ready
  const d1 = (await workers.getD1Database('DB')) as unknown as D1Database
  await migrateD1(d1)
  const keyring = readKeyring(secret)
  if (!keyring) throw new Error('no keyring')
  const vault = createVault(keyring)
  const store = createStore(openD1(d1), vault)
  key = `tk_${vault.newSecret()}`
  const row = { id: 'k1', name: 'test', role: 'commander', mayRaise: null, createdAt: 0, createdBy: 'test' } as const
  await store.commit([store.access.saveKey({ ...row, expiresAt: null, lastUsedAt: null }, vault.hashSecret(key))])
}, 120_000)

afterAll(async () => {
  await workers?.dispose()
  closeSimulator?.()
  rmSync(folder, { recursive: true, force: true })
})

async function ask<Body>(method: string, path: string, body?: string): Promise<Body> {
  const headers = { authorization: `Bearer ${key}` }
  const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body ? { body } : {}) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

describe('on Workers, in the real workerd', () => {
  it('is built offline into one upload', () => {
    const size = /gzip: ([\d.]+) KiB/.exec(built)?.[1]
    process.stdout.write(`worker upload: ${size} KiB compressed\n`)
    expect(Number(size)).toBeLessThan(1_000)
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.js'))
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain('nodemailer')
  })

  it('raises, sends by queue and cron, takes answers by text and key, and reports', { timeout: 60_000 }, async () => {
    const people = `id,name,mobile,reports to\nA,Amira Ward,${AMIRA},\nB,Ben Holt,${BEN},A`
    await ask('POST', '/people/imports?mode=apply&tree=Everyone', people)
    await ask('POST', '/templates', JSON.stringify(TEMPLATE))
    const body = JSON.stringify({ template: 'Flood', trees: ['Everyone'], kind: 'drill' })
    const { id, code } = await ask<AlertView>('POST', '/alerts', body)
    const counts = async () => (await ask<AlertView>('GET', `/alerts/${id}`)).counts
    await vi.waitFor(async () => expect((await counts()).delivered).toBe(2), { timeout: 20_000, interval: 100 })

    simulator.phones.text(AMIRA, `1 ${code}`)
    await vi.waitFor(async () => expect((await counts()).acknowledged).toBe(1), { timeout: 10_000, interval: 100 })

    const worker = await workers.getWorker()
    await worker.scheduled({ cron: '* * * * *', scheduledTime: new Date(Date.now() + 4 * MINUTE) })
    await vi.waitFor(() => expect(simulator.phones.answer(BEN)).toBe(true), { timeout: 10_000, interval: 100 })
    await vi.waitFor(() => expect(simulator.phones.get(BEN).subtitles.length).toBeGreaterThan(0), {
      timeout: 15_000,
      interval: 100,
    })
    simulator.phones.press(BEN, '2')
    await vi.waitFor(async () => expect((await counts()).acknowledged).toBe(2), { timeout: 10_000, interval: 100 })

    await ask('POST', `/alerts/${id}/close`)
    const report = await ask<Report>('GET', `/reports/${id}.json`)
    expect(report).toMatchObject({ audience: 2, counts: { acknowledged: 2 }, unreachable: 0 })
    expect(report.recipients.map((row) => row.channel).sort()).toEqual(['sms', 'voice'])
  })

  it('calls when the call is due, and not only at the next full minute', { timeout: 30_000 }, async () => {
    const [first] = TEMPLATE.plan
    const plan = [first, { after: 'PT2S', channels: ['voice'] }]
    await ask('POST', '/templates', JSON.stringify({ ...TEMPLATE, name: 'Fire', plan }))
    const body = JSON.stringify({ template: 'Fire', trees: ['Everyone'], kind: 'drill' })
    const { id } = await ask<AlertView>('POST', '/alerts', body)
    // No cron tick here: only the delayed message of the queue can start the call.
    await vi.waitFor(() => expect(simulator.phones.answer(BEN)).toBe(true), { timeout: 15_000, interval: 100 })
    await ask('POST', `/alerts/${id}/close`)
  })

  it('streams the board as it changes', { timeout: 30_000 }, async () => {
    const body = JSON.stringify({ template: 'Flood', trees: ['Everyone'], kind: 'drill' })
    const { id, code } = await ask<AlertView>('POST', '/alerts', body)
    const headers = { authorization: `Bearer ${key}` }
    const stop = new AbortController()
    const response = await fetch(`${url}/api/v1/alerts/${id}/events`, { headers, signal: stop.signal })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let seen = ''
    const readUntil = async (text: string) => {
      while (!seen.includes(text)) {
        const chunk = await reader?.read()
        if (!chunk || chunk.done) throw new Error(`the stream ended before ${text}`)
        seen += chunk.value
      }
    }
    await readUntil('event: board')
    await readUntil('"delivered":2')
    simulator.phones.text(AMIRA, `1 ${code}`)
    await readUntil('"acknowledged":1')
    stop.abort()
    await ask('POST', `/alerts/${id}/close`)
  })

  it('takes an unsigned answer in two-byte letters from the place that is allowed, and from no other', async () => {
    const answer = `from=${encodeURIComponent(AMIRA)}&to=12345&text=%00h%00i&charset=UTF-16BE&id=1`
    const address = `${url}/callbacks/modem/${CALLBACK_TOKEN}/sms?${answer}`
    const from = (source: string) => fetch(address, { headers: { 'cf-connecting-ip': source } })
    expect((await from('192.0.3.7')).status).toBe(403)
    expect((await fetch(address)).status).toBe(403)
    const taken = await from('192.0.2.7')
    expect([taken.status, await taken.text()]).toEqual([200, expect.stringMatching(/\w/)])
  })
})
