import type { AddressInfo } from 'node:net'
import { type Http2Bindings, type HttpBindings, type ServerType, serve } from '@hono/node-server'
import type { Deps } from '../../application/deps.ts'
import { REPEATS } from '../../channels/twilio/callback-url.ts'
import { createApp } from '../../http/create-app.ts'
import { HOST, SOURCE } from '../../http/route.ts'
import { createSimulator, type Simulator } from '../../simulator/simulator.ts'
import { ConfigProblem, type Environment } from '../config.ts'
import { readAsset } from './assets.ts'
import { startChecker } from './checker.ts'
import { type Dispatcher, startDispatcher } from './dispatcher.ts'
import { findSource } from './find-source.ts'
import { holdFolder } from './hold-folder.ts'
import { takeOverClaims } from './instance.ts'
import { type DemoCarriers, openHome } from './open-home.ts'

export interface Service {
  deps: Deps
  url: string
  demo: boolean
  /** The carrier to play with; only in the demo. */
  simulator: Simulator | null
  /** A request as from the host's own shell. */
  askAsHost(request: Request): Promise<Response>
  stop(): Promise<void>
}

/** Answers a request that came over a connection from the peer's IP address. */
type Answer = (request: Request, peer: string | undefined) => Response | Promise<Response>

/** The routes that belong to the simulated carrier and its phones. */
const SIMULATED = /^\/(2010-04-01|push|phones)(\/|$)/

/**
 * Listens, opens the data folder, and sends what is due.
 *
 * @throws ConfigProblem naming the setting
 */
export async function startService(
  environment: Environment,
  variables: Record<string, string | undefined>,
): Promise<Service> {
  let answer: Answer = () => new Response('starting', { status: 503 })
  const { server, url } = await listen(environment, (request, peer) => answer(request, peer))
  let dispatcher: Dispatcher | null = null
  let release = () => {}
  try {
    const home = await openHome(environment, url, variables, () => dispatcher?.nudge())
    if (home.demo) release = holdFolder(environment.TOCSIN_DATA)
    const { deps } = home
    const app = createApp({ depsOf: () => deps, asset: (_c, path) => readAsset(path) })
    const simulator = home.demoCarriers ? simulate(home.demoCarriers, url) : null
    answer = (request, peer) => {
      const simulated = simulator && SIMULATED.test(new URL(request.url).pathname)
      if (simulated) return simulator.app.fetch(request)
      const forwarded = request.headers.get('x-forwarded-for')
      return app.fetch(request, { [SOURCE]: findSource(peer, forwarded, environment.TOCSIN_TRUSTED_PROXIES) })
    }
    await takeOverClaims(deps)
    dispatcher = startDispatcher(deps)
    dispatcher.nudge()
    const checker = startChecker(deps)
    return {
      deps,
      url,
      demo: home.demo,
      simulator,
      askAsHost: askAsHost(app),
      async stop() {
        simulator?.stopCrowd()
        await checker.stop()
        await dispatcher?.stop()
        if ('closeAllConnections' in server) server.closeAllConnections()
        await new Promise<void>((resolve) => server.close(() => resolve()))
        home.close()
        release()
      },
    }
  } catch (error) {
    release()
    server.close()
    throw error
  }
}

/** Requests of the host itself need no key: whoever has its shell has its database. */
export function askAsHost(app: ReturnType<typeof createApp>): (request: Request) => Promise<Response> {
  return async (request) => app.fetch(request, { [HOST]: true })
}

function listen(
  { TOCSIN_HOST, TOCSIN_PORT }: Environment,
  answer: Answer,
): Promise<{ server: ServerType; url: string }> {
  return new Promise((resolve, reject) => {
    const fetch = (request: Request, { incoming }: HttpBindings | Http2Bindings) =>
      answer(request, incoming.socket.remoteAddress)
    const server = serve({ fetch, hostname: TOCSIN_HOST, port: TOCSIN_PORT }, (address: AddressInfo) => {
      const host = TOCSIN_HOST === '0.0.0.0' || TOCSIN_HOST === '127.0.0.1' ? 'localhost' : TOCSIN_HOST
      resolve({ server, url: `http://${host}:${address.port}` })
    })
    server.on('error', (error: NodeJS.ErrnoException) => reject(blameSetting(error, TOCSIN_HOST, TOCSIN_PORT)))
  })
}

/** The system names neither the setting nor what to do about it. */
function blameSetting(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigProblem(`TOCSIN_PORT: another program already listens on port ${port} of ${host}.`)
    case 'EACCES':
      return new ConfigProblem(`TOCSIN_PORT: this account may not listen on port ${port}.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigProblem(`TOCSIN_HOST: ${host} is not an address of this machine.`)
    default:
      return error
  }
}

function simulate({ accountSid, authToken, number }: DemoCarriers, url: string): Simulator {
  const callback = (topic: string) => `${url}/callbacks/first/${topic}${REPEATS}`
  return createSimulator({
    accounts: [
      { accountSid, authToken, numbers: [number], smsWebhook: callback('sms'), voiceWebhook: callback('voice') },
    ],
    fetch: (request) => globalThis.fetch(request),
    now: Date.now,
    later: (ms, run) => void setTimeout(run, ms).unref(),
    publicUrl: url,
  })
}
