import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { raiseAlert } from '../src/application/alerts/raise-alert.ts'
import { dispatchDue } from '../src/application/dispatch/dispatch-due.ts'
import { importPeople } from '../src/application/people/import-people.ts'
import { saveTemplate } from '../src/application/templates/save-template.ts'
import { composeDeps } from '../src/platform/compose.ts'
import { openDatabase } from '../src/platform/node/database.ts'
import { makeSecret, readKeyring } from '../src/platform/vault.ts'
import { print, ROUNDS, ratios } from './report.ts'

/** Raise to 10,000 people by text, durable, at a provider with no latency; beside the bare HTTP client. */
const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 10_000)
const IN_FLIGHT = 64
const ACCOUNT = `AC${'0'.repeat(32)}`
const HOST = { kind: 'host' } as const

export async function runDispatch(): Promise<void> {
  const { sink, url } = await startSink()
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
  try {
    const service = await prepare(folder, url)
    const ours: number[] = []
    const bare: number[] = []
    // One more round than counts: the first warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      const a = await proven(url, () => bareClient(url))
      const b = await proven(url, () => service.dispatch())
      if (round > 0) {
        bare.push(a)
        ours.push(b)
      }
    }
    service.close()
    print({
      bench: 'dispatch',
      case: 'sms, durable',
      n: PEOPLE,
      unit: 'messages/s',
      ...ratios(ours, bare, 'fetch with nothing durable'),
    })
  } finally {
    sink.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startSink(): Promise<{ sink: ChildProcess; url: string }> {
  const sink = spawn(process.execPath, [join(import.meta.dirname, 'sink.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<string>((resolve) =>
    sink.stdout.once('data', (data: Buffer) => resolve(String(data).trim())),
  )
  return { sink, url: `http://127.0.0.1:${port}` }
}

/** Messages per second of a piece of work, counted only when the sink saw every message, each number once. */
async function proven(url: string, work: () => Promise<void>): Promise<number> {
  await fetch(`${url}/reset`)
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  const count = (await (await fetch(`${url}/count`)).json()) as { total: number; different: number }
  if (count.total !== PEOPLE || count.different !== PEOPLE) throw new Error(`the sink saw ${JSON.stringify(count)}`)
  return PEOPLE / seconds
}

async function bareClient(url: string): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let index = next++; index < PEOPLE; index = next++) {
      const body = new URLSearchParams({ To: numberOf(index), From: '+12025550100', Body: 'x'.repeat(200) })
      const response = await fetch(`${url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, { method: 'POST', body })
      await response.json()
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
}

async function prepare(folder: string, url: string) {
  const database = openDatabase(join(folder, 'tocsin.db'))
  const keyring = readKeyring(makeSecret())
  if (!keyring) throw new Error('no keyring')
  const deps = composeDeps({
    instance: 'test',
    database,
    keyring,
    settings: {
      organisation: 'Bench',
      publicUrl: 'https://alerts.example.org',
      region: 'GB',
      language: 'en',
      demo: false,
    },
    carriers: [
      {
        name: 'first',
        kind: 'twilio',
        channels: ['sms'],
        accountSid: ACCOUNT,
        authToken: 'x',
        from: '+12025550100',
        apiBaseUrl: url,
      },
    ],
    fetch,
    nudge: () => {},
  })
  const rows = Array.from({ length: PEOPLE }, (_, index) => `P${index},Person ${index},${numberOf(index)}`)
  const file = new TextEncoder().encode(['id,name,mobile', ...rows].join('\n'))
  await importPeople(deps, HOST, { file, mode: 'apply', refused: 'skip', tree: 'All' }, null)
  const label = { en: 'I am safe' }
  const texts = { en: { title: 'Evacuate', body: 'Go to assembly point B.' } }
  const responses = [{ digit: '1', code: 'safe', accepts: true, needsHelp: false, label }]
  const plan = [{ after: 'PT0S', channels: ['sms' as const] }]
  const base = { name: 'T', severity: 'severe', strategy: 'broadcast', lifetime: 'PT1H' } as const
  await saveTemplate(deps, HOST, { ...base, plan, texts, responses }, null, null)
  return {
    async dispatch() {
      const { id } = await raiseAlert(deps, HOST, { template: 'T', trees: ['All'], kind: 'drill' }, null)
      await dispatchDue(deps)
      const { rungs } = await deps.store.alerts.tally(id)
      if (rungs.accepted !== PEOPLE) throw new Error(`recorded ${JSON.stringify(rungs)}`)
    },
    close: () => database.close(),
  }
}

/** German mobile numbers of a block long enough for every person. */
function numberOf(index: number): string {
  return `+49151${String(10_000_000 + index)}`
}
