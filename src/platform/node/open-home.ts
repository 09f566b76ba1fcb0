import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Deps } from '../../application/deps.ts'
import { composeDeps } from '../compose.ts'
import { type CarrierConfig, ConfigProblem, type Environment, readCarriers } from '../config.ts'
import { makeSecret, readKeyring } from '../vault.ts'
import { openDatabase } from './database.ts'
import { nameInstance } from './instance.ts'
import { openMailServers } from './smtp-transport.ts'

const DATABASE = 'tocsin.db'
const DEMO_SECRET = 'demo-secret'

export interface Home {
  deps: Deps
  demo: boolean
  /** Only where this is the demo. */
  demoCarriers: DemoCarriers | null
  close(): void
}

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
 * @param publicUrl what carriers and people see, where the environment does not say it
 * @throws ConfigProblem naming what is missing
 */
export async function openHome(
  environment: Environment,
  publicUrl: string,
  variables: Record<string, string | undefined>,
  nudge: () => void,
): Promise<Home> {
  const folder = environment.TOCSIN_DATA
  mkdirSync(folder, { recursive: true })
  const unconfigured = environment.TOCSIN_SECRET === undefined && environment.TOCSIN_CARRIERS === undefined
  const wasDemo = existsSync(join(folder, DEMO_SECRET))
  const empty = readdirSync(folder).every((file) => file.startsWith('.'))
  const demo = environment.TOCSIN_DEMO === '1' || (unconfigured && (empty || wasDemo))
  if (demo && !wasDemo && existsSync(join(folder, DATABASE))) {
    throw new ConfigProblem(`TOCSIN_DEMO: ${folder} holds a live service. Choose an empty folder with TOCSIN_DATA.`)
  }
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
  const url = environment.TOCSIN_PUBLIC_URL ?? publicUrl
  const carriers = demoCarriers ? demoConfig(demoCarriers, publicUrl) : readCarrierFile(environment, variables)
  const database = openDatabase(join(folder, DATABASE))
  const mailServers = openMailServers()
  const close = () => {
    mailServers.close()
    database.close()
  }
  const deps = composeDeps({
    database,
    instance: nameInstance(),
    keyring,
    settings: {
      organisation: environment.TOCSIN_ORGANISATION ?? (demo ? 'Harbour Works' : 'Tocsin'),
      publicUrl: url,
      region: environment.TOCSIN_REGION,
      language: environment.TOCSIN_LANGUAGE,
      demo,
    },
    carriers,
    fetch: globalThis.fetch,
    openMail: mailServers.open,
    nudge,
  })
  await mark(deps, demo ? 'demo' : 'live', folder)
  return { deps, demo, demoCarriers, close }
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
