import type { Deps } from '../../application/deps.ts'
import { dispatchDue } from '../../application/dispatch/dispatch-due.ts'
import { SECOND } from '../../domain/clock.ts'
import { createApp } from '../../http/create-app.ts'
import { SOURCE } from '../../http/route.ts'
import { composeDeps, type Parts } from '../compose.ts'
import { ConfigProblem, readCarriers, readEnvironment } from '../config.ts'
import { readKeyring } from '../vault.ts'
import { readAsset } from './assets.ts'
import type { Bindings, ExecutionContext } from './bindings.ts'
import { openD1 } from './database.ts'

/** The longest delay that Queues allow, in seconds. */
const LONGEST_DELAY = 43_200

/**
 * D1 takes 1,000 statements from one invocation, and six messages are in flight at once: results come one by one.
 * Gathered for so many milliseconds, those of some thousand people fit. https://developers.cloudflare.com/d1/platform/limits/
 */
const GATHER_RESULTS = 500

/** A message is only a nudge: which rows are due stands in the database. */
const NUDGE = {}

type Configuration = Pick<Parts, 'keyring' | 'settings' | 'carriers'>
/** Bindings stay the same for as long as a Worker lives: keys are derived from the secret once. */
const configured = new WeakMap<Bindings, Configuration>()

export default {
  async fetch(request: Request, bindings: Bindings, context: ExecutionContext): Promise<Response> {
    const nudge = () => context.waitUntil(bindings.DISPATCH.send(NUDGE))
    let deps: Deps
    try {
      deps = compose(bindings, nudge, Date.now)
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error
      console.error(error.message)
      return new Response('This service is not set up yet. Its log says what is missing.', { status: 503 })
    }
    const app = createApp({
      depsOf: () => deps,
      asset: (c, path) => readAsset(bindings.ASSETS, new URL(path, c.req.url)),
    })
    // The bindings stay out of the application: nothing there can be mistaken for the host's own shell.
    // Set by Cloudflare itself, whatever the client sent: https://developers.cloudflare.com/fundamentals/reference/http-headers/
    return app.fetch(request, { [SOURCE]: request.headers.get('cf-connecting-ip') })
  },

  /** Every minute: finds what a lost message or a crash has left. */
  async scheduled(controller: { scheduledTime: number }, bindings: Bindings): Promise<void> {
    await work(bindings, () => Math.max(Date.now(), controller.scheduledTime))
  },

  async queue(batch: { ackAll(): void }, bindings: Bindings): Promise<void> {
    await work(bindings, Date.now)
    batch.ackAll()
  },
}

async function work(bindings: Bindings, clock: () => number): Promise<void> {
  const deps = compose(bindings, () => {}, clock)
  const next = await dispatchDue(deps)
  if (next === null) return
  const delaySeconds = Math.min(LONGEST_DELAY, Math.max(1, Math.ceil((next - deps.clock()) / SECOND)))
  await bindings.DISPATCH.send(NUDGE, { delaySeconds })
}

function compose(bindings: Bindings, nudge: () => void, clock: () => number): Deps {
  const fixed = configured.get(bindings) ?? configure(bindings)
  configured.set(bindings, fixed)
  return composeDeps({
    ...fixed,
    instance: crypto.randomUUID(),
    database: openD1(bindings.DB),
    fetch: (input, init) => fetch(input, init),
    clock,
    gatherResults: GATHER_RESULTS,
    nudge,
  })
}

/** @throws ConfigProblem naming what is missing */
function configure(bindings: Bindings): Configuration {
  const { DB: _, DISPATCH: __, ASSETS: ___, ...variables } = bindings
  const environment = readEnvironment(variables)
  const keyring = readKeyring(environment.TOCSIN_SECRET ?? '')
  if (!keyring) throw new ConfigProblem('TOCSIN_SECRET is missing or not 32 random bytes in base64.')
  if (!environment.TOCSIN_PUBLIC_URL) throw new ConfigProblem('TOCSIN_PUBLIC_URL is missing.')
  if (!environment.TOCSIN_CARRIERS) throw new ConfigProblem('TOCSIN_CARRIERS is missing: the JSON of your carriers.')
  return {
    keyring,
    settings: {
      organisation: environment.TOCSIN_ORGANISATION ?? 'Tocsin',
      publicUrl: environment.TOCSIN_PUBLIC_URL,
      region: environment.TOCSIN_REGION,
      language: environment.TOCSIN_LANGUAGE,
      demo: false,
    },
    carriers: readCarriers(environment.TOCSIN_CARRIERS, variables),
  }
}
