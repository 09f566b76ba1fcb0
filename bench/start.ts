import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importPeople } from '../src/application/people/import-people.ts'
import { readEnvironment } from '../src/platform/config.ts'
import { openHome } from '../src/platform/node/open-home.ts'
import { makeSecret } from '../src/platform/vault.ts'
import { print, ROUNDS, ratios } from './report.ts'

/** As `npm start` does after its build: from the start of the process to the first healthy answer, with 100,000 people in the database; beside bare Node. */
const SECRET = makeSecret()
const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 100_000)

export async function runStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
  try {
    execFileSync('npm', ['run', '-s', 'build'])
    await fill(folder)
    const ours: number[] = []
    const bare: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const a = await timeBareNode()
      const b = await timeService(folder, 18_790 + round)
      if (round > 0) {
        bare.push(a)
        ours.push(b)
      }
    }
    print({ bench: 'start', case: 'first healthy answer', n: PEOPLE, unit: 'ms', ...ratios(ours, bare, 'node -e 0') })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fill(folder: string): Promise<void> {
  const environment = readEnvironment(live(folder))
  const carriers = [{ name: 'push', kind: 'webpush', channels: ['push'], subject: 'mailto:ops@example.org' }]
  writeFileSync(join(folder, 'carriers.json'), JSON.stringify({ carriers }))
  const { deps, close } = await openHome(environment, 'http://localhost:1', {}, () => {})
  const rows = Array.from({ length: PEOPLE }, (_, i) => `P${i},Person ${i},+49151${String(10_000_000 + i)}`)
  const file = new TextEncoder().encode(['id,name,mobile', ...rows].join('\n'))
  await importPeople(deps, { kind: 'host' }, { file, mode: 'apply', refused: 'skip', tree: null }, null)
  close()
}

/** The settings of a live service. */
function live(folder: string): Record<string, string> {
  return {
    TOCSIN_DATA: folder,
    TOCSIN_SECRET: SECRET,
    TOCSIN_CARRIERS: join(folder, 'carriers.json'),
    TOCSIN_PUBLIC_URL: 'https://alerts.example.org',
  }
}

async function timeBareNode(): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
  return performance.now() - start
}

async function timeService(folder: string, port: number): Promise<number> {
  const start = performance.now()
  const main = join(import.meta.dirname, '../dist/service/node/main.js')
  const env = { ...process.env, ...live(folder), TOCSIN_PORT: String(port) }
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' })
  try {
    for (;;) {
      const healthy = await fetch(`http://127.0.0.1:${port}/healthz`).then(
        (response) => response.ok,
        () => false,
      )
      if (healthy) return performance.now() - start
      if (performance.now() - start > 60_000) throw new Error('the service did not become healthy in a minute')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  } finally {
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
  }
}
