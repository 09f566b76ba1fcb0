import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import { REPEATS } from '../../src/channels/twilio/callback-url.ts'
import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import type { TemplateBody } from '../../src/contract/templates.ts'
import type { KeyRole } from '../../src/domain/access/role.ts'
import { createApp } from '../../src/http/create-app.ts'
import { composeDeps, type Parts } from '../../src/platform/compose.ts'
import { openDatabase } from '../../src/platform/node/database.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import { createHandClock } from '../simulator/rig.ts'

export const ORIGIN = 'https://alerts.example.org'
export const SENDER = '+12025550100'
const CARRIER_ORIGIN = 'https://carrier.example.org'
const ACCOUNT = 'AC00000000000000000000000000000001'
export const TOKEN = 'example-auth-token-not-real-0001'

export interface Rig {
  deps: Deps
  simulator: Simulator
  app: ReturnType<typeof createApp>
  clock: ReturnType<typeof createHandClock>
  key(role: KeyRole): Promise<string>
  ask(path: string, init?: RequestInit & { as?: string; json?: unknown }): Promise<Response>
  /** Moves time on: phones ring, callbacks arrive, steps fall due and are sent. */
  advance(ms: number): Promise<void>
  importPeople(csv: string, tree?: string): Promise<Response>
  saveTemplate(change?: Partial<TemplateBody>): Promise<void>
  raise(change?: Record<string, unknown>, headers?: Record<string, string>): Promise<AlertView>
  alert(id: string): Promise<AlertView>
  recipients(id: string): Promise<RecipientView[]>
  close(): void
}

export const TEMPLATE: TemplateBody = {
  name: 'Flood',
  severity: 'extreme',
  strategy: 'broadcast',
  plan: [
    { after: 'PT0S', channels: ['push', 'sms'] },
    { after: 'PT3M', channels: ['voice'] },
  ],
  texts: {
    en: { title: 'Flood at dock 3', body: 'Leave the quay. Meet at the gate.' },
    fr: { title: 'Inondation au quai 3', body: 'Quittez le quai.' },
  },
  responses: [
    { digit: '1', code: 'yes', accepts: true, needsHelp: false, label: { en: 'Yes', fr: 'Oui' } },
    { digit: '2', code: 'no', accepts: false, needsHelp: true, label: { en: 'No', fr: 'Non' } },
  ],
  lifetime: 'PT4H',
}

/** The whole service with the simulated carrier, a real database, the real adapters, and time that is moved by hand. */
export async function startRig(
  file = ':memory:',
  secret = makeSecret(),
  more: Partial<Pick<Parts, 'carriers' | 'openMail' | 'openPost' | 'database'>> & {
    /** What is different about the first carrier. */
    first?: { from: string; callBack?: string; channels: ('sms' | 'voice')[] }
    /** What answers a request instead of the simulated carrier; null where it leaves that to it. */
    intercept?: (request: Request) => Response | null
  } = {},
): Promise<Rig> {
  const clock = createHandClock(Date.now())
  const opened = more.database ? null : openDatabase(file)
  const database = more.database ?? opened
  if (!database) throw new Error('no database')
  const keyring = readKeyring(secret)
  if (!keyring) throw new Error('no keyring')
  const deps = composeDeps({
    instance: 'test',
    database,
    keyring,
    settings: { organisation: 'Harbour Watch', publicUrl: ORIGIN, region: 'GB', language: 'en', demo: false },
    carriers: [
      { name: 'push', kind: 'webpush', channels: ['push'], subject: 'mailto:ops@example.org' },
      {
        name: 'first',
        kind: 'twilio',
        channels: ['sms', 'voice'],
        accountSid: ACCOUNT,
        authToken: TOKEN,
        from: SENDER,
        apiBaseUrl: CARRIER_ORIGIN,
        ...more.first,
      },
      ...(more.carriers ?? []),
    ],
    ...(more.openMail ? { openMail: more.openMail } : {}),
    ...(more.openPost ? { openPost: more.openPost } : {}),
    fetch: async (input, init) => {
      const request = new Request(input, init)
      return more.intercept?.(request) ?? simulator.app.fetch(request)
    },
    clock: clock.now,
    // Groups of results are committed at once: nothing waits for real time.
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    nudge: () => {},
  })
  const app = createApp({ depsOf: () => deps, asset: async () => null })
  const simulator = createSimulator({
    accounts: [
      {
        accountSid: ACCOUNT,
        authToken: TOKEN,
        numbers: [SENDER, ...(more.first ? [more.first.from] : [])],
        smsWebhook: `${ORIGIN}/callbacks/first/sms${REPEATS}`,
        voiceWebhook: `${ORIGIN}/callbacks/first/voice${REPEATS}`,
      },
    ],
    fetch: async (request) => app.fetch(request, {}),
    now: clock.now,
    later: clock.later,
    seed: 7,
    publicUrl: CARRIER_ORIGIN,
  })
  const key = async (role: KeyRole) => {
    const secret = `tk_${deps.vault.newSecret()}`
    const row = { id: deps.newId(), name: role, role, mayRaise: null, createdAt: clock.now(), createdBy: 'test' }
    const statement = deps.store.access.saveKey(
      { ...row, expiresAt: null, lastUsedAt: null },
      deps.vault.hashSecret(secret),
    )
    await deps.store.commit([statement])
    return secret
  }
  const commander = await key('commander')
  const ask: Rig['ask'] = async (path, { as = commander, json, ...init } = {}) => {
    const headers = new Headers(init.headers)
    if (as !== '') headers.set('authorization', `Bearer ${as}`)
    const body = json === undefined ? init.body : JSON.stringify(json)
    return app.fetch(new Request(`${ORIGIN}${path}`, { ...init, headers, ...(body ? { body } : {}) }), {})
  }
  const settle = async () => {
    await simulator.settle()
    await dispatchDue(deps)
    await simulator.settle()
  }
  const read = async <Body>(path: string) => (await (await ask(path)).json()) as Body
  return {
    deps,
    simulator,
    app,
    clock,
    key,
    ask,
    async advance(ms) {
      // As the ticks of a running service: what falls due is sent within a second.
      for (let left = ms; left > 0; left -= 1_000) {
        await clock.advance(Math.min(left, 1_000), settle)
        await settle()
      }
    },
    importPeople: (csv, tree = 'Everyone') =>
      ask(`/api/v1/people/imports?mode=apply&tree=${encodeURIComponent(tree)}`, {
        method: 'POST',
        body: csv,
        headers: { 'content-type': 'text/csv' },
      }),
    async saveTemplate(change = {}) {
      const response = await ask('/api/v1/templates', { method: 'POST', json: { ...TEMPLATE, ...change } })
      if (response.status !== 201) throw new Error(await response.text())
    },
    async raise(change = {}, headers = {}) {
      const json = { template: 'Flood', trees: ['Everyone'], kind: 'drill', ...change }
      const response = await ask('/api/v1/alerts', { method: 'POST', json, headers })
      if (response.status !== 201) throw new Error(await response.text())
      return (await response.json()) as AlertView
    },
    alert: (id) => read<AlertView>(`/api/v1/alerts/${id}`),
    async recipients(id) {
      return (await read<{ items: RecipientView[] }>(`/api/v1/alerts/${id}/recipients?limit=500`)).items
    },
    close: () => opened?.close(),
  }
}
