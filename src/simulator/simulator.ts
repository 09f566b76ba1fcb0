import { Hono } from 'hono'
import { createApiRoutes } from './api-routes.ts'
import { createCallbacks } from './callbacks.ts'
import type { AccountOptions, CallbackRecord, CallRecord, Carrier, DebuggerEvent, MessageRecord } from './carrier.ts'
import { createChangeFeed } from './change-feed.ts'
import { type CrowdOptions, createCrowd } from './crowd.ts'
import { type Faults, NO_FAULTS } from './faults.ts'
import { createPhoneBook } from './phone-book.ts'
import { createPhones, type Phones } from './phones.ts'
import { createPhonesRoutes } from './phones-routes.ts'
import { createPushService } from './push-service.ts'
import { seededRandom, sidSequence } from './random.ts'

export interface SimulatorOptions {
  accounts: AccountOptions[]
  /** How callbacks leave. */
  fetch: (request: Request) => Promise<Response>
  /** UTC milliseconds. */
  now: () => number
  /** Runs something after so many milliseconds; tests pass a queue they advance by hand. */
  later: (ms: number, run: () => void) => void
  /** Decides delays and the crowd's pattern. Default 1. */
  seed?: number
  /** Origin under which the simulator is reached, for push endpoints. Default `http://localhost`. */
  publicUrl?: string
}

/** A carrier to play with: the provider's API, a push service, and the phones at the other end. */
export interface Simulator {
  /** `/2010-04-01/…`, `/push/…` and `/phones…`. */
  app: Hono
  phones: Phones
  startCrowd(seed?: number, options?: CrowdOptions): void
  stopCrowd(): void
  faults(): Readonly<Faults>
  setFaults(change: Partial<Faults>): void
  /** Every text and call so far, oldest first. */
  messages(): readonly MessageRecord[]
  calls(): readonly CallRecord[]
  /** The provider's debugger: 11200, 11205, 12100, 12200, 12300, … */
  debuggerEvents(): readonly DebuggerEvent[]
  /** Every request made to a webhook. */
  callbacks(): readonly CallbackRecord[]
  /** Waits until no callback is in flight. It does not wait for what is scheduled with `later`. */
  settle(): Promise<void>
}

const KEPT_LOG_LINES = 5_000

export function createSimulator(options: SimulatorOptions): Simulator {
  const { now, later, fetch, seed = 1, publicUrl = 'http://localhost' } = options
  const inFlight = new Set<Promise<unknown>>()
  const book = createPhoneBook(now)
  const log = <Line>(lines: Line[], line: Line) => {
    lines.push(line)
    if (lines.length > KEPT_LOG_LINES) lines.splice(0, lines.length - KEPT_LOG_LINES)
  }
  const carrier: Carrier = {
    accounts: new Map(options.accounts.map((account) => [account.accountSid, account])),
    messages: new Map(),
    calls: new Map(),
    optOuts: new Set(),
    debugger: [],
    callbackLog: [],
    faults: { ...NO_FAULTS },
    phones: book,
    callbacks: { ask: async () => undefined, tell: () => {} },
    now,
    later,
    random: seededRandom(seed),
    newSid: sidSequence(seed, now()),
    track(work) {
      const watched = work.catch((error: unknown) => {
        carrier.report(11200, '', error instanceof Error ? (error.stack ?? error.message) : String(error))
      })
      inFlight.add(watched)
      watched.finally(() => inFlight.delete(watched))
    },
    report: (code, sid, message) => log(carrier.debugger, { code, sid, message, at: now() }),
    logCallback: (record) => log(carrier.callbackLog, record),
  }
  carrier.callbacks = createCallbacks(carrier, fetch)
  const push = createPushService({ carrier, book, fetch, publicUrl })
  const phones = createPhones(carrier, book, push)
  const crowd = createCrowd(carrier, book, phones)
  const feed = createChangeFeed(book)
  const setFaults = (change: Partial<Faults>) => {
    Object.assign(carrier.faults, change)
    feed.nudge()
  }

  const app = new Hono()
  app.post('/push/:id', (context) => push.receive(context.req.param('id'), context.req.raw))
  app.route('/', createPhonesRoutes({ carrier, book, phones, crowd, feed, setFaults, publicUrl: options.publicUrl }))
  app.route('/', createApiRoutes(carrier))

  return {
    app,
    phones,
    startCrowd(crowdSeed = seed, crowdOptions) {
      crowd.start(crowdSeed, crowdOptions)
      feed.nudge()
    },
    stopCrowd() {
      crowd.stop()
      feed.nudge()
    },
    faults: () => ({ ...carrier.faults }),
    setFaults,
    messages: () => [...carrier.messages.values()],
    calls: () => [...carrier.calls.values()],
    debuggerEvents: () => carrier.debugger,
    callbacks: () => carrier.callbackLog,
    async settle() {
      while (inFlight.size > 0) await Promise.all(inFlight)
    },
  }
}
