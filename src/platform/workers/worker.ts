import type { Deps } from '../../application/deps.ts'
import { tendChecks } from '../../application/reach/tend-checks.ts'
import { SECOND } from '../../domain/clock.ts'
import { createApp } from '../../http/create-app.ts'
import { SOURCE } from '../../http/route.ts'
import { checkSecret } from '../check-secret.ts'
import { composeDeps, type Parts } from '../compose.ts'
import { ConfigProblem, readCarriers, readEnvironment, requirePublicUrl } from '../config.ts'
import { readKeyring } from '../vault.ts'
import { readAsset } from './assets.ts'
import type { Bindings, ExecutionContext } from './bindings.ts'
import { createBudget, MOST_STATEMENTS } from './budget.ts'
import { openD1 } from './database.ts'
import { dispatchWithin } from './dispatch-within.ts'

/** The longest delay that Queues allow, in seconds. */
const LONGEST_DELAY = 43_200

/** Results come one by one, six messages in flight at once. Gathered for so many milliseconds, they take few statements. */
const GATHER_RESULTS = 500

/** A message is only a nudge: which rows are due stands in the database. */
const NUDGE = {}

type Configuration = Pick<Parts, 'keyring' | 'settings' | 'carriers'>
/** Bindings stay the same for as long as a Worker lives: keys are derived from the secret once. */
const configured = new WeakMap<Bindings, Configuration>()
/** Where the secret has been proven to be that of the database. */
const proven = new WeakSet<Bindings>()

export default {
  async fetch(request: Request, bindings: Bindings, context: ExecutionContext): Promise<Response> {
    const nudge = () => context.waitUntil(bindings.DISPATCH.send(NUDGE))
    let deps: Deps
    try {
      deps = await compose(bindings, nudge, Date.now)
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
    const deps = await work(bindings, () => Math.max(Date.now(), controller.scheduledTime))
    // What is left of this run's budget: alerts had theirs.
    if (!deps.spent.aborted) await tendChecks(deps)
  },

  async queue(batch: { ackAll(): void }, bindings: Bindings): Promise<void> {
    await work(bindings, Date.now)
    batch.ackAll()
  },
}

async function work(bindings: Bindings, clock: () => number): Promise<Composed> {
  const deps = await compose(bindings, () => {}, clock)
  const next = await dispatchWithin(deps, deps.spent)
  if (next === null) return deps
  const delaySeconds = Math.min(LONGEST_DELAY, Math.max(0, Math.ceil((next - deps.clock()) / SECOND)))
  await bindings.DISPATCH.send(NUDGE, { delaySeconds })
  return deps
}

/** `spent` ends a run before it asks the database too much. */
type Composed = Deps & { spent: AbortSignal }

/** @throws ConfigProblem naming what is missing or wrong */
async function compose(bindings: Bindings, nudge: () => void, clock: () => number): Promise<Composed> {
  const fixed = configured.get(bindings) ?? configure(bindings)
  configured.set(bindings, fixed)
  const budget = createBudget(MOST_STATEMENTS)
  const deps = composeDeps({
    ...fixed,
    instance: crypto.randomUUID(),
    database: openD1(bindings.DB, budget.spend),
    fetch: (input, init) => fetch(input, init),
    clock,
    gatherResults: GATHER_RESULTS,
    nudge,
  })
  await prove(bindings, deps)
  return { ...deps, spent: budget.spent }
}

/** Once per Worker. A database that does not answer proves nothing: it is asked again at the next request. */
async function prove(bindings: Bindings, deps: Deps): Promise<void> {
  if (proven.has(bindings)) return
  try {
    await checkSecret(deps.store, deps.vault)
    proven.add(bindings)
  } catch (error) {
    if (error instanceof ConfigProblem) throw error
  }
}

/** @throws ConfigProblem naming what is missing */
function configure(bindings: Bindings): Configuration {
  const { DB: _, DISPATCH: __, ASSETS: ___, ...variables } = bindings
  const environment = readEnvironment(variables)
  const keyring = readKeyring(environment.TOCSIN_SECRET ?? '')
  if (!keyring) throw new ConfigProblem('TOCSIN_SECRET is missing or not 32 random bytes in base64.')
  if (!environment.TOCSIN_CARRIERS) throw new ConfigProblem('TOCSIN_CARRIERS is missing: the JSON of your carriers.')
  return {
    keyring,
    settings: {
      organisation: environment.TOCSIN_ORGANISATION ?? 'Tocsin',
      publicUrl: requirePublicUrl(environment),
      region: environment.TOCSIN_REGION,
      language: environment.TOCSIN_LANGUAGE,
      demo: false,
    },
    carriers: readCarriers(environment.TOCSIN_CARRIERS, variables),
  }
}
