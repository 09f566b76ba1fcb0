import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Deps } from '../../application/deps.ts'
import { checkSecret } from '../check-secret.ts'
import { composeDeps } from '../compose.ts'
import { type CarrierConfig, ConfigProblem, type Environment, readCarriers, requirePublicUrl } from '../config.ts'
import { makeSecret, readKeyring } from '../vault.ts'
import { openDatabase } from './database.ts'
import { openGuardedPosts } from './guarded-post.ts'
import { createPooledHttpClient } from './http-pool.ts'
import { nameInstance } from './instance.ts'
import { openMailServers } from './smtp-transport.ts'

const DATABASE = 'tocsin.db'
const DEMO_SECRET = 'demo-secret'
/** Where `npm run demo` works, so that it can run beside a service. */
export const DRILL_FOLDER = 'drill'

export interface Home {
  deps: Deps
  demo: boolean
  /** Only where this is the demo. */
  demoCarriers: DemoCarriers | null
  close(): void
}

/** Of SQLite: the database, what has not reached it yet, and the index of that. */
const DATABASE_FILES = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`]

/** Where the demo's carrier is reached, and with which account. */
export interface DemoCarriers {
  accountSid: string
  authToken: string
  number: string
}

/**
 * Opens the data folder as what it is: a live service, or the demo. The demo never opens a live database and a live
 * start never opens a demo one.
 *
 * @param origin where the demo is reached, where the environment does not say it
 * @throws ConfigProblem naming what is missing
 */
export async function openHome(
  environment: Environment,
  origin: string,
  variables: Record<string, string | undefined>,
  nudge: () => void,
): Promise<Home> {
  const folder = environment.TOCSIN_DATA
  makeFolder(folder)
  const unconfigured = environment.TOCSIN_SECRET === undefined && environment.TOCSIN_CARRIERS === undefined
  const wasDemo = existsSync(join(folder, DEMO_SECRET))
  const empty = readdirSync(folder).every((file) => file.startsWith('.') || file === DRILL_FOLDER)
  const demo = environment.TOCSIN_DEMO === '1' || (unconfigured && (empty || wasDemo))
  if (demo) refuseLiveFolder(folder)
  if (!demo && wasDemo) {
    throw new ConfigProblem(`TOCSIN_DATA: ${folder} holds a demo. Choose another folder for the live service.`)
  }
  if (demo && !wasDemo) writeFileSync(join(folder, DEMO_SECRET), makeSecret(), { mode: 0o600 })
  const secret = demo ? readFileSync(join(folder, DEMO_SECRET), 'utf8') : environment.TOCSIN_SECRET
  if (secret === undefined) {
    throw new ConfigProblem('TOCSIN_SECRET is missing: set it to 32 random bytes in base64 (openssl rand -base64 32).')
  }
  const keyring = readKeyring(secret)
  if (!keyring) throw new ConfigProblem('TOCSIN_SECRET is not 32 random bytes in base64 (openssl rand -base64 32).')

  const demoCarriers = demo ? demoAccount(secret) : null
  const publicUrl = demo ? (environment.TOCSIN_PUBLIC_URL ?? origin) : requirePublicUrl(environment)
  const carriers = demoCarriers ? demoConfig(demoCarriers, origin) : readCarrierFile(environment, variables)
  const database = openFile(folder)
  const mailServers = openMailServers()
  const posts = openGuardedPosts()
  const http = createPooledHttpClient()
  const close = () => {
    http.close()
    mailServers.close()
    posts.close()
    database.close()
  }
  const deps = composeDeps({
    database,
    instance: nameInstance(),
    keyring,
    settings: {
      organisation: environment.TOCSIN_ORGANISATION ?? (demo ? 'Harbour Works' : 'Tocsin'),
      publicUrl,
      region: environment.TOCSIN_REGION,
      language: environment.TOCSIN_LANGUAGE,
      demo,
    },
    carriers,
    fetch: globalThis.fetch,
    http,
    openMail: mailServers.open,
    openPost: posts.open,
    pause,
    nudge,
  })
  try {
    await mark(deps, demo ? 'demo' : 'live', folder)
    await checkSecret(deps.store, deps.vault)
  } catch (error) {
    close()
    throw error
  }
  return { deps, demo, demoCarriers, close }
}

/** The demo stays away from a live service. @throws ConfigProblem */
export function refuseLiveFolder(folder: string): void {
  if (!existsSync(join(folder, DATABASE)) || existsSync(join(folder, DEMO_SECRET))) return
  throw new ConfigProblem(`TOCSIN_DEMO: ${folder} holds a live service. Choose an empty folder with TOCSIN_DATA.`)
}

/** Names and audit entries are in there: only the service's own account may look. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new ConfigProblem(`TOCSIN_DATA: the folder ${folder} cannot be made (${describe(error)}).`)
  }
}

function openFile(folder: string): ReturnType<typeof openDatabase> {
  try {
    // The files beside it take their rights from it; those of an older version are mended.
    closeSync(openSync(join(folder, DATABASE), 'a', 0o600))
    for (const file of DATABASE_FILES) if (existsSync(join(folder, file))) chmodSync(join(folder, file), 0o600)
    return openDatabase(join(folder, DATABASE))
  } catch (error) {
    // The system's errors and SQLite's have a code; everything else is a bug and no setting.
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new ConfigProblem(`TOCSIN_DATA: the database in ${folder} cannot be opened (${describe(error)}).`)
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A timer takes a millisecond at least, which thousands of stops of a long work make seconds; whatever waits goes first all the same. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)))
}

/** The database says itself what it is, so that a copied file is recognised too. */
async function mark(deps: Deps, kind: 'demo' | 'live', folder: string): Promise<void> {
  const found = await deps.store.records.setting('kind')
  if (found !== null && found !== kind) {
    throw new ConfigProblem(`TOCSIN_DATA: the database in ${folder} is a ${found} one and stays closed.`)
  }
  await deps.store.commit([
    deps.store.records.setSetting('kind', kind),
    deps.store.records.setSetting('organisation', deps.settings.organisation),
  ])
}

function readCarrierFile(environment: Environment, variables: Record<string, string | undefined>): CarrierConfig[] {
  const path = environment.TOCSIN_CARRIERS
  if (path === undefined) {
    throw new ConfigProblem('TOCSIN_CARRIERS is missing: the path of a JSON file that names your carriers.')
  }
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new ConfigProblem(`TOCSIN_CARRIERS: ${path} cannot be read.`)
  }
  return readCarriers(text, variables)
}

function demoAccount(secret: string): DemoCarriers {
  const digits = Buffer.from(secret, 'base64').toString('hex')
  return { accountSid: `AC${digits.slice(0, 32)}`, authToken: digits.slice(32, 64), number: '+447700900000' }
}

function demoConfig({ accountSid, authToken, number }: DemoCarriers, origin: string): CarrierConfig[] {
  return [
    {
      name: 'push',
      kind: 'webpush',
      channels: ['push'],
      subject: 'mailto:demo@example.org',
      trustedHosts: [new URL(origin).host],
    },
    {
      name: 'first',
      kind: 'twilio',
      channels: ['sms', 'voice'],
      accountSid,
      authToken,
      from: number,
      apiBaseUrl: origin,
    },
  ]
}
