import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import type { Deps } from '../../src/application/deps.ts'
import type { Engine } from '../../src/application/dispatch/engine.ts'
import { createTwilioCarrier } from '../../src/channels/twilio/create-twilio-carrier.ts'
import { createFetchHttpClient } from '../../src/channels/twilio/fetch-http-client.ts'
import type { TemplateBody } from '../../src/contract/templates.ts'
import { ORIGIN, type Rig, SENDER, startRig, TOKEN } from '../harness/rig.ts'
import { createFlowingClock } from './flowing-clock.ts'
import { numberOf } from './service-process.ts'
import { countDoubles, startWitness, type Witness } from './witness.ts'

const ACCOUNT = 'AC00000000000000000000000000000001'
export interface FaultRig {
  rig: Rig
  deps: Deps
  clock: ReturnType<typeof createFlowingClock>
  witnesses: Witness[]
  raise(): Promise<{ id: string; code: string }>
  /** Runs the engine, and again when the next thing falls due, until everybody counts as reached. */
  runUntilReached(engine: Engine, id: string): Promise<void>
  /** How many people have not got the message, and how many got it more than once. */
  judge(code: string): { lost: number; double: number }
  close(): Promise<void>
}

/** The service with real adapters that speak to witnesses over HTTP, one for each carrier of the route. */
export async function startFaultRig(options: {
  people: number
  carriers?: readonly { smsPerSecond?: number }[]
  template?: Partial<TemplateBody>
}): Promise<FaultRig> {
  const rig = await startRig()
  const clock = createFlowingClock(rig.clock.now())
  const carriers = options.carriers ?? [{}]
  const witnesses = await Promise.all(carriers.map(() => startWitness(clock.now)))
  let asking = 0
  const waiting = new Map<string, () => void>()
  for (const witness of witnesses) witness.onHang = (request) => waiting.get(request)?.()
  // Whoever is never answered stops waiting at once: that is all that a time-out does.
  const fetchOne = async (url: string, init: RequestInit) => {
    const report = new URLSearchParams(String(init.body ?? '')).get('StatusCallback')
    const { pathname, search } = new URL(url)
    const request = report === null ? pathname + search : (new URL(report).searchParams.get('attempt') ?? '')
    const { promise: hung, reject } = Promise.withResolvers<never>()
    waiting.set(request, () => reject(new DOMException('no answer', 'TimeoutError')))
    asking++
    try {
      return await Promise.race([fetch(url, { ...init, signal: null }), hung])
    } finally {
      asking--
      waiting.delete(request)
    }
  }
  const deps: Deps = {
    ...rig.deps,
    clock: clock.now,
    pause: clock.pause,
    carriers: carriers.map((carrier, index) =>
      createTwilioCarrier({
        ...carrier,
        name: index === 0 ? 'first' : 'second',
        channels: ['sms'],
        accountSid: ACCOUNT,
        authToken: TOKEN,
        from: SENDER,
        apiBaseUrl: witnesses[index]?.url,
        publicUrl: ORIGIN,
        httpClient: createFetchHttpClient(fetchOne),
      }),
    ),
  }
  const rows = Array.from({ length: options.people }, (_, index) => `P${index},Person ${index},${numberOf(index)}`)
  await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
  await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }], ...options.template })
  const isBusy = () => asking > 0
  return {
    rig,
    deps,
    clock,
    witnesses,
    raise: () => raiseAlert(deps, { kind: 'host' }, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null),
    async runUntilReached(engine, id) {
      for (let run = 0; run < 1_000; run++) {
        const next = await clock.flow(engine.run(), isBusy)
        if ((await rig.alert(id)).counts.planned === 0) return
        if (next === null) break
        clock.rest(next)
      }
      throw new Error('somebody is never reached')
    },
    judge(code) {
      const ours = witnesses.flatMap(({ taken }) => taken).filter(({ body }) => body.includes(`1 ${code}`))
      return { lost: options.people - new Set(ours.map(({ to }) => to)).size, double: countDoubles(ours) }
    },
    async close() {
      rig.close()
      await Promise.all(witnesses.map((witness) => witness.close()))
    },
  }
}
