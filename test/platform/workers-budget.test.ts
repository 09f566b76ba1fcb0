import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '../../src/application/deps.ts'
import type { AlertView, BoardEvent } from '../../src/contract/alerts.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createApp } from '../../src/http/create-app.ts'
import { HOST } from '../../src/http/route.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { type Budget, createBudget } from '../../src/platform/workers/budget.ts'
import { dispatchWithin } from '../../src/platform/workers/dispatch-within.ts'
import { type OpenDatabase, openWorkerd } from '../contracts/databases.ts'
import { ORIGIN, SENDER, TEMPLATE, TOKEN } from '../harness/rig.ts'

/** More than are seated at once. */
const PEOPLE = 520
const FEW = 20
const BUDGET = 30

let opened: OpenDatabase
let budget: Budget
let now: number
let sent: string[]
let deps: Deps & { spent: AbortSignal }
let app: ReturnType<typeof createApp>

/** As the Worker: what one invocation may ask is limited, and the next one begins anew. */
function invoke(): void {
  budget = createBudget(BUDGET)
  deps = { ...deps, spent: budget.spent }
}

beforeEach(async () => {
  opened = await openWorkerd(() => budget?.spend())
  now = Date.UTC(2027, 0, 15, 3)
  sent = []
  const keyring = readKeyring(makeSecret())
  if (!keyring) throw new Error('no keyring')
  const composed = composeDeps({
    instance: 'test',
    database: opened.database,
    keyring,
    settings: { organisation: 'Harbour Watch', publicUrl: ORIGIN, region: 'GB', language: 'en', demo: false },
    carriers: [
      {
        ...{ name: 'first', kind: 'twilio', channels: ['sms'], accountSid: `AC${'0'.repeat(31)}1` },
        ...{ authToken: TOKEN, from: SENDER },
      },
    ],
    async fetch(_input, init) {
      sent.push(new URLSearchParams(String(init?.body)).get('To') ?? '')
      return Response.json({ sid: `SM${sent.length}`, status: 'queued' }, { status: 201 })
    },
    clock: () => now,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    nudge: () => {},
  })
  deps = { ...composed, spent: new AbortController().signal }
  app = createApp({ depsOf: () => deps, asset: async () => null })
}, 60_000)
afterEach(() => opened.close())

async function ask<Body>(method: string, path: string, body?: string): Promise<Body> {
  const request = new Request(`${ORIGIN}/api/v1${path}`, { method, ...(body ? { body } : {}) })
  const response = await app.fetch(request, { [HOST]: true })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as Body
}

async function raise(people: number): Promise<AlertView> {
  const rows = Array.from({ length: people }, (_, i) => `Person ${i},+447700900${String(i).padStart(3, '0')}`)
  await ask('POST', '/people/imports?mode=apply&tree=Everyone', ['name,mobile', ...rows].join('\n'))
  await ask('POST', '/templates', JSON.stringify({ ...TEMPLATE, plan: [{ after: 'PT0S', channels: ['sms'] }] }))
  return ask('POST', '/alerts', JSON.stringify({ template: 'Flood', trees: ['Everyone'], kind: 'drill' }))
}

describe('on Workers, where one invocation may ask the database only so much', { timeout: 60_000 }, () => {
  it('stops before the limit, asks to be called again, and so reaches everybody once', async () => {
    const { id } = await raise(PEOPLE)
    let invocations = 0
    const counts = async () => (await ask<AlertView>('GET', `/alerts/${id}`)).counts
    while ((await counts()).accepted < PEOPLE && invocations < 50) {
      invoke()
      invocations++
      const next = await dispatchWithin(deps, deps.spent)
      if (budget.spent.aborted) expect(next).toBe(now)
      // What had been claimed and was not begun is taken again when its lease is over.
      else now += 3 * MINUTE
    }
    expect(invocations).toBeGreaterThan(1)
    expect(sent).toHaveLength(PEOPLE)
    expect(new Set(sent).size).toBe(PEOPLE)
  })

  it("ends the board's stream before the limit, and goes on where it was when the screen comes again", async () => {
    const { id } = await raise(FEW)
    const watch = async () => {
      invoke()
      const response = await app.fetch(new Request(`${ORIGIN}/api/v1/alerts/${id}/events`), { [HOST]: true })
      const data = (await response.text()).split('\n').flatMap((line) => /^data: (.*)$/.exec(line)?.[1] ?? [])
      return data.map((text) => JSON.parse(text) as BoardEvent)
    }
    const before = await watch()
    expect(before.at(0)?.alert.counts.accepted).toBe(0)
    while (sent.length < FEW) {
      invoke()
      if ((await dispatchWithin(deps, deps.spent)) !== now) now += 3 * MINUTE
    }
    const after = await watch()
    expect(after.at(0)?.alert.counts.accepted).toBe(FEW)
  })
})
