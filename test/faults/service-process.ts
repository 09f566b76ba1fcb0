import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import twilio from 'twilio'
import { build } from 'vite'
import type { Deps } from '../../src/application/deps.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import type { TemplateBody } from '../../src/contract/templates.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { openHome } from '../../src/platform/node/open-home.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import { ORIGIN, SENDER, TEMPLATE, TOKEN } from '../harness/rig.ts'

const ROOT = join(import.meta.dirname, '../..')
export const ACCOUNT = 'AC00000000000000000000000000000001'
const HOST = { kind: 'host' } as const
/** A condition that is not met in this time never will be. */
const LONGEST_WAIT = 60_000

export interface ServiceProcess {
  /** Of the data. */
  folder: string
  start(): Promise<void>
  /** Ends it as a power cut would. Resolves when it is gone. */
  kill(): Promise<void>
  pid(): number
  /** @throws when the service is killed before it has answered */
  ask(path: string, init?: { json?: unknown; key?: string; method?: string }): Promise<Response>
  /** A request to the public address, as the proxy in front hands it on. */
  handOn(request: Request): Promise<Response>
  /** A signed callback of the carrier. */
  callBack(topic: string, form: Record<string, string>): Promise<Response>
  /** Asks a copy of the data as they lie there while the process is dead. */
  query(sql: string): Record<string, unknown>[]
  remove(): Promise<void>
}

/** Numbers of people in tests: a range that is kept for drama. */
export function numberOf(index: number): string {
  return `+447700900${String(index).padStart(3, '0')}`
}

/**
 * The real service as a process of its own, built as `npm start` does, with so many people and one text each.
 *
 * @param name of the build, one for each test file: two must not build into one folder
 */
export async function installService(
  name: string,
  carrierUrl: string,
  options: { people: number; folder?: string; template?: Partial<TemplateBody>; carrier?: object },
): Promise<ServiceProcess> {
  const outDir = join(ROOT, 'dist', name, 'node')
  await build({
    configFile: join(ROOT, 'src/platform/node/vite.config.ts'),
    logLevel: 'error',
    build: { outDir },
  })
  const own = mkdtempSync(join(tmpdir(), `tocsin-${name}-`))
  const folder = options.folder ?? join(own, 'data')
  mkdirSync(folder, { recursive: true })
  const carrier = { name: 'first', kind: 'twilio', channels: ['sms'], accountSid: ACCOUNT, authToken: TOKEN }
  const carriers = [{ ...carrier, from: SENDER, apiBaseUrl: carrierUrl, ...options.carrier }]
  writeFileSync(join(own, 'carriers.json'), JSON.stringify({ carriers }))
  const variables = {
    TOCSIN_DATA: folder,
    TOCSIN_PORT: '0',
    TOCSIN_SECRET: makeSecret(),
    TOCSIN_PUBLIC_URL: ORIGIN,
    TOCSIN_CARRIERS: join(own, 'carriers.json'),
  }
  const home = await openHome(readEnvironment(variables), ORIGIN, {}, () => {})
  const bearer = await fill(home.deps, options)
  home.close()

  let child: ChildProcess | null = null
  let gone = Promise.resolve()
  let url = ''
  return {
    folder,
    pid: () => child?.pid ?? 0,
    async start() {
      const { PATH = '' } = process.env
      const started = spawn(process.execPath, [join(outDir, 'main.js')], { env: { PATH, ...variables } })
      child = started
      gone = new Promise((resolve) => started.once('close', () => resolve()))
      started.stderr.resume()
      url = await new Promise<string>((resolve, reject) => {
        let said = ''
        started.stdout.on('data', (data: Buffer) => {
          said += String(data)
          const port = /listens on http:\/\/localhost:(\d+)/.exec(said)?.[1]
          if (port) resolve(`http://127.0.0.1:${port}`)
        })
        started.once('close', () => reject(new Error('the service ended while it started')))
      })
    },
    async kill() {
      child?.kill('SIGKILL')
      await gone
    },
    ask: (path, { json, key, method } = {}) =>
      fetch(url + path, {
        method: method ?? (json === undefined ? 'GET' : 'POST'),
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    async handOn(request) {
      const { pathname, search } = new URL(request.url)
      const { method, headers } = request
      return fetch(url + pathname + search, { method, headers, body: await request.text() })
    },
    callBack(topic, form) {
      const path = `/callbacks/first/${topic}`
      const signature = twilio.getExpectedTwilioSignature(TOKEN, ORIGIN + path, form)
      return fetch(url + path, {
        method: 'POST',
        headers: { 'x-twilio-signature': signature },
        body: new URLSearchParams(form),
      })
    },
    query(sql) {
      const copy = join(own, 'copy')
      rmSync(copy, { recursive: true, force: true })
      cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith('-shm') })
      const database = new BetterSqlite(join(copy, 'tocsin.db'))
      const rows = database.prepare<[], Record<string, unknown>>(sql).all()
      database.close()
      return rows
    },
    async remove() {
      child?.kill('SIGKILL')
      await gone
      rmSync(own, { recursive: true, force: true })
      rmSync(join(ROOT, 'dist', name), { recursive: true, force: true })
    },
  }
}

async function fill(deps: Deps, { people, template }: { people: number; template?: Partial<TemplateBody> }) {
  const rows = Array.from({ length: people }, (_, index) => `P${index},Person ${index},${numberOf(index)}`)
  const file = new TextEncoder().encode(['id,name,mobile', ...rows].join('\n'))
  await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
  const plan = [{ after: 'PT0S', channels: ['sms' as const] }]
  await saveTemplate(deps, HOST, { ...TEMPLATE, plan, ...template }, null, null)
  const secret = `tk_${deps.vault.newSecret()}`
  const row = { id: deps.newId(), name: 'test', role: 'commander' as const, mayRaise: null, createdBy: 'test' }
  const key = { ...row, createdAt: deps.clock(), expiresAt: null, lastUsedAt: null }
  await deps.store.commit([deps.store.access.saveKey(key, deps.vault.hashSecret(secret))])
  return secret
}

/** Looks again until it holds; what happens in another process does not tell us. @throws after a minute */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + LONGEST_WAIT
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`in vain waited until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
