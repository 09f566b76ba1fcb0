import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readEnvironment } from '../../src/platform/config.ts'
import { openLocal } from '../../src/platform/node/open-local.ts'
import { type Service, startService } from '../../src/platform/node/start-service.ts'
import { makeSecret } from '../../src/platform/vault.ts'

const CARRIERS = {
  carriers: [{ name: 'push', kind: 'webpush', channels: ['push'], subject: 'mailto:ops@example.org' }],
}

let folder: string
let live: Record<string, string>
let running: Service[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-start-'))
  running = []
  writeFileSync(join(folder, 'carriers.json'), JSON.stringify(CARRIERS))
  live = {
    TOCSIN_DATA: join(folder, 'data'),
    TOCSIN_PORT: '0',
    TOCSIN_SECRET: makeSecret(),
    TOCSIN_PUBLIC_URL: 'https://alerts.example.org',
    TOCSIN_CARRIERS: join(folder, 'carriers.json'),
  }
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(running.map((service) => service.stop()))
  rmSync(folder, { recursive: true, force: true })
})

async function start(change: Record<string, string> = {}): Promise<Service> {
  const variables = { ...live, ...change }
  const service = await startService(readEnvironment(variables), variables)
  running.push(service)
  return service
}

/** The one sentence with which a start ends that must not happen. */
function refusal(change: Record<string, string>): Promise<string> {
  return start(change).then(
    () => 'it started',
    (error: Error) => `${error.constructor.name} ${error.message}`,
  )
}

async function stop(service: Service): Promise<void> {
  running = running.filter((one) => one !== service)
  await service.stop()
}

const CSV = 'name,mobile\nAmira Ward,+447700900101'

async function importPeople(service: Service): Promise<void> {
  const request = new Request(`${service.url}/api/v1/people/imports?mode=apply`, { method: 'POST', body: CSV })
  expect((await service.askAsHost(request)).status).toBe(200)
}

describe('the start of a live service on a machine', () => {
  it('is refused with another secret than that of the data, since alerts would be raised and never leave', async () => {
    await stop(await start())
    const WRONG = /^ConfigProblem TOCSIN_SECRET is not the one /
    expect(await refusal({ TOCSIN_SECRET: makeSecret() })).toMatch(WRONG)
    for (const [name, value] of Object.entries({ ...live, TOCSIN_SECRET: makeSecret() })) vi.stubEnv(name, value)
    await expect(openLocal()).rejects.toThrow(/^TOCSIN_SECRET is not the one /)
    await start()
  })

  it('is refused with another secret also where an older version has left no mark', async () => {
    const before = await start()
    await importPeople(before)
    const unmark = { sql: `delete from settings where name = 'secret_proof'`, params: [] }
    await before.deps.store.commit([unmark])
    await stop(before)
    expect(await refusal({ TOCSIN_SECRET: makeSecret() })).toMatch(/^ConfigProblem TOCSIN_SECRET is not the one /)
    await start()
  })

  it.each([
    ['TOCSIN_PUBLIC_URL', { TOCSIN_PUBLIC_URL: '' }],
    ['TOCSIN_PUBLIC_URL', { TOCSIN_PUBLIC_URL: 'http://alerts.example.org' }],
    ['TOCSIN_SECRET', { TOCSIN_SECRET: '' }],
    ['TOCSIN_SECRET', { TOCSIN_SECRET: 'a sentence of words that nobody has made at random, and long enough' }],
    ['TOCSIN_CARRIERS', { TOCSIN_CARRIERS: '' }],
    ['TOCSIN_CARRIERS', { TOCSIN_CARRIERS: '/nowhere/carriers.json' }],
    ['TOCSIN_DATA', { TOCSIN_DATA: join(import.meta.filename, 'data') }],
    ['TOCSIN_HOST', { TOCSIN_HOST: '192.0.2.1' }],
  ])('ends with one sentence that names %s where that is wrong or missing: %j', async (name, change) => {
    expect(await refusal(change)).toMatch(new RegExp(`^ConfigProblem ${name}\\b`))
  })

  it('names TOCSIN_PORT when another program listens there', async () => {
    const first = await start()
    const TOCSIN_PORT = new URL(first.url).port
    expect(await refusal({ TOCSIN_PORT })).toMatch(/^ConfigProblem TOCSIN_PORT: another program/)
  })

  it('names TOCSIN_DATA when the file that should be its database is none', async () => {
    await stop(await start())
    writeFileSync(join(folder, 'data/tocsin.db'), 'no database, but long enough to be read as one. '.repeat(40))
    expect(await refusal({})).toMatch(/^ConfigProblem TOCSIN_DATA: the database in /)
  })

  it('keeps names and audit entries from everybody else on the machine, also those of an older version', async () => {
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
    const modes = () => {
      const files = readdirSync(join(folder, 'data')).filter((file) => file.startsWith('tocsin.db'))
      return files.map((file) => `${file} ${mode(join(folder, 'data', file))}`)
    }
    await start()
    expect(mode(join(folder, 'data'))).toBe('700')
    expect(modes()).toEqual(['tocsin.db 600', 'tocsin.db-shm 600', 'tocsin.db-wal 600'])
  })

  it('answers 404 to an address that nobody can read, and logs no error for it', async () => {
    const log = vi.spyOn(console, 'error')
    const { url } = await start()
    const paths = [
      '/%E0',
      '/%E0.js',
      '/assets/%00.js',
      '/..%2f..%2fpackage.js',
      '/a/%E0',
      '/alerts/%E0/x',
      '/callbacks/%E0',
    ]
    for (const path of paths) expect([path, (await fetch(url + path)).status]).toEqual([path, 404])
    expect((await fetch(`${url}/api/v1/people?cursor=%E0`)).status).toBe(401)
    expect(log).not.toHaveBeenCalled()
  })
})
