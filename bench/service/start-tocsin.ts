import { execFileSync, spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { AlertView } from '../../src/contract/alerts.ts'
import { makeFolder } from '../measure/clean-up.ts'
import { environmentOf, type Prepared } from './prepare-folder.ts'
import { type SinkCarrier, writeCarriers } from './write-carriers.ts'

const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'dist/service/node/main.js')
const LOOK_MS = 4

export interface Tocsin {
  pid: number
  url: string
  /** From the start of the process until it listened, milliseconds. */
  startedIn: number
  /** Answers when the alert is durably there. */
  raise(trees: readonly string[], kind?: 'live' | 'drill'): Promise<AlertView>
  view(id: string): Promise<AlertView>
  get(path: string): Promise<Response>
  /** Resolves when so many people of the alert are at `accepted` or above. */
  accepted(id: string, people: number): Promise<AlertView>
  /** Ends at once, as by a power cut. */
  kill(): Promise<void>
  /** Ends when nothing more is of interest: with a profile, where one is asked for. */
  end(): Promise<void>
}

/** A folder for profiles of the processor, to be read by the browser's developer tools. */
const PROFILES = process.env.BENCH_PROFILES
const PROFILED = PROFILES ? ['--cpu-prof', '--cpu-prof-dir', PROFILES] : []
let built = false

/** What `npm start` would run. */
export function build(): void {
  if (!built) execFileSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  built = true
}

/** A copy of a prepared folder, for a service that may do with it what it likes. */
export function copyFolder({ folder }: Prepared, carriers: readonly SinkCarrier[]): string {
  const copy = makeFolder('service')
  cpSync(folder, copy, { recursive: true })
  writeCarriers(copy, carriers)
  return copy
}

/** The built service as a process of its own, on a real file with `synchronous=FULL`. */
export async function startTocsin(folder: string, key: string): Promise<Tocsin> {
  build()
  const started = performance.now()
  const env = { ...process.env, ...environmentOf(folder), TOCSIN_PORT: '0' }
  const child = spawn(process.execPath, [...PROFILED, MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.on('data', (data: Buffer) => process.stderr.write(withoutTicks(String(data))))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await new Promise<string>((resolve, reject) => {
    let heard = ''
    child.stdout.on('data', (data: Buffer) => {
      heard += String(data)
      const found = /listens on http:\/\/\S+:(\d+)/.exec(heard)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', () => reject(new Error('the service did not start')))
  })
  const url = `http://127.0.0.1:${port}`
  const startedIn = performance.now() - started
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const get = (path: string) => fetch(url + path, { headers })
  const view = async (id: string) => (await expectOk(await get(`/api/v1/alerts/${id}`))).json() as Promise<AlertView>
  return {
    pid: child.pid ?? 0,
    url,
    startedIn,
    get,
    view,
    async raise(trees, kind = 'drill') {
      const body = JSON.stringify({ template: 'Bench', trees, kind })
      const once = { ...headers, 'idempotency-key': crypto.randomUUID() }
      const response = await fetch(`${url}/api/v1/alerts`, { method: 'POST', headers: once, body })
      return (await expectOk(response)).json() as Promise<AlertView>
    },
    async accepted(id, people) {
      for (;;) {
        const alert = await view(id)
        const { planned, ...reached } = alert.counts
        if (Object.values(reached).reduce((sum, count) => sum + count, 0) >= people) return alert
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async end() {
      child.kill(PROFILES ? 'SIGTERM' : 'SIGKILL')
      await ended
    },
  }
}

async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response
  throw new Error(`the service answered ${response.status}: ${await response.text()}`)
}

/** On a machine that is as busy as a bench makes it, ticks of the clock are missed, which is of no interest here. */
function withoutTicks(log: string): string {
  return log.replace(/^.*NODE-CRON.*missed execution.*\n/gm, '')
}
