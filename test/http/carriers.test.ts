import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { receiveEvent } from '../../src/application/answers/receive-event.ts'
import { showCarriers } from '../../src/application/carriers/show-carriers.ts'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import type { OutgoingMessage, SendResult } from '../../src/application/ports/carrier.ts'
import { carrierState } from '../../src/contract/carriers.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { writeMetrics } from '../../src/http/write-metrics.ts'
import { accept, createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const PEOPLE = 60
const down: SendResult = { outcome: 'retryLater', code: 'down', reason: 'HTTP 503' }

let rig: Rig
let first: FakeCarrier
let second: FakeCarrier

beforeEach(async () => {
  rig = await startRig()
  // The names that the service's own carriers have too, so that its routes speak of them.
  first = createFakeCarrier('first', ['sms'])
  second = createFakeCarrier('second', ['sms'])
  const rows = Array.from({ length: PEOPLE }, (_, i) => `${i},Person ${i},+4477009${String(10_000 + i)}`)
  await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
  await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
})
afterEach(() => rig.close())

const both = () => withCarriers(rig.deps, first, second)
const run = () => createEngine(both()).run()
const pass = (ms: number) => rig.clock.advance(ms, async () => {})
const metrics = async () => (await rig.ask('/metrics')).text()

describe('how carriers do', () => {
  it('is told by carrier and channel: what they took, what they did not, and what waits', async () => {
    await rig.raise()
    await run()
    expect(await showCarriers(both())).toMatchObject([
      { carrier: 'first', channel: 'sms', state: 'ok', sent: PEOPLE, failed: 0, waiting: 0 },
      { carrier: 'second', channel: 'sms', state: 'ok', sent: 0, failed: 0, waiting: 0 },
    ])
    await pass(7 * MINUTE)
    expect(await showCarriers(both())).toMatchObject([{ sent: 0 }, { sent: 0 }])
  })

  it('says since when and why one is set aside, where its messages go now, and when it works again', async () => {
    first.answer = () => down
    await rig.raise()
    const at = new Date(rig.clock.now()).toISOString()
    await run()
    const [aside] = await showCarriers(both())
    expect(aside).toMatchObject({ state: 'set_aside', since: at, reason: 'HTTP 503', next: 'second' })
    await pass(11 * SECOND)
    expect((await showCarriers(both()))[0]?.state).toBe('probing')
    first.answer = accept
    await rig.raise()
    await run()
    await pass(3 * SECOND)
    expect((await showCarriers(both()))[0]).toMatchObject({ state: 'ok' })
  })

  it('survives a restart: the next run of the service does not learn anew, and tries it with one message', async () => {
    first.answer = () => down
    await rig.raise()
    await run()
    const tried = first.sent.length
    await rig.raise()
    await run()
    expect(first.sent).toHaveLength(tried)
    await pass(11 * SECOND)
    await rig.raise()
    await run()
    expect(first.sent).toHaveLength(tried + 1)
    const [aside] = await showCarriers(both())
    expect(aside?.state).toBe('set_aside')
  })

  it('shows how long messages take to the handset, against what is usual', async () => {
    await rig.raise()
    await run()
    const deliver = async (messages: readonly OutgoingMessage[]) => {
      for (const { attemptId } of messages) {
        const event = { kind: 'status', attemptId, providerId: `provider-${attemptId}`, state: 'delivered' } as const
        await receiveEvent(both(), first, event)
      }
    }
    await deliver(first.sent)
    first.sent = []
    await rig.raise()
    await run()
    await pass(20 * SECOND)
    await deliver(first.sent.slice(0, 20))
    const [shown] = await showCarriers(both())
    expect(shown?.delay).toEqual({ now: 20, usual: 0 })
  })

  it('is open to those who run the service, and to nobody else', async () => {
    const response = await rig.ask('/api/v1/carriers')
    const { items } = (await response.json()) as { items: unknown[] }
    expect(items.map((item) => carrierState.parse(item).channel)).toEqual(['push', 'sms', 'voice'])
    expect((await rig.ask('/api/v1/carriers', { as: await rig.key('responder') })).status).toBe(403)
    expect((await rig.ask('/metrics', { as: '' })).status).toBe(401)
    expect((await rig.ask('/metrics', { as: await rig.key('responder') })).status).toBe(403)
  })
})

describe('the figures for monitoring', () => {
  it('tell of queues, carriers, hand-overs and answers, in the text format of Prometheus', async () => {
    first.answer = () => down
    const { id } = await rig.raise()
    await run()
    const text = await metrics()
    expect(text).toContain('# TYPE tocsin_open_alerts gauge\ntocsin_open_alerts 1\n')
    expect(text).toContain('tocsin_carrier_state{carrier="first",channel="sms"} 2\n')
    expect(text).toContain('tocsin_carrier_state{carrier="push",channel="push"} 0\n')
    expect(text).toContain(`tocsin_attempts_total{carrier="second",channel="sms",result="accepted"} ${PEOPLE}\n`)
    expect(text).toMatch(/tocsin_attempts_total\{carrier="first",channel="sms",result="retry"\} \d+\n/)
    expect(text).toContain('tocsin_acknowledgements_total 0\n')
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) tocsin_\w+ .+|tocsin_\w+(\{(\w+="[^"]*",?)+\})? [\d.]+)$/)
    }
    const one = (await rig.recipients(id))[0]
    await rig.ask(`/api/v1/alerts/${id}/recipients/${one?.id}/acknowledge`, {
      method: 'POST',
      json: { response: 'yes' },
    })
    expect(await metrics()).toContain('tocsin_acknowledgements_total 1\n')
  })

  it('tell how long messages wait that no carrier takes', async () => {
    first.answer = () => down
    second.answer = () => down
    await rig.raise()
    await run()
    await pass(5 * MINUTE)
    const text = await metrics()
    expect(text).toMatch(/tocsin_queue_depth\{carrier="\w+",channel="sms"\} \d+/)
    const lag = Number(/tocsin_dispatch_lag_seconds ([\d.]+)/.exec(text)?.[1])
    expect(lag).toBeGreaterThan(200)
  })

  it('hold no name, no number and no text of anybody', async () => {
    await rig.raise()
    await run()
    const text = await metrics()
    for (const secret of ['Person', '+4477', 'Flood', 'quay']) expect(text).not.toContain(secret)
  })

  it('keep their form whatever a carrier is called', () => {
    const value = { labels: { carrier: 'a"b\\c\nd' }, value: 1 }
    const metric = { name: 'tocsin_x', help: 'X.', type: 'gauge' as const, values: [value] }
    expect(writeMetrics([metric])).toBe(
      '# HELP tocsin_x X.\n# TYPE tocsin_x gauge\ntocsin_x{carrier="a\\"b\\\\c\\nd"} 1\n',
    )
    expect(writeMetrics([{ ...metric, values: [] }])).toBe('')
  })
})
