import { SECOND } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'

/** One figure for monitoring, with the values of its labels. */
export interface Metric {
  name: string
  help: string
  type: 'gauge' | 'counter'
  values: { labels: Record<string, string>; value: number }[]
}

/** Figures of the service without any personal data: counts, ages, and names from the configuration. */
export async function readMetrics({ store, clock, carriers }: Deps): Promise<Metric[]> {
  const now = clock()
  const [open, due, waiting, aside, outcomes, acknowledged] = await Promise.all([
    store.alerts.openIds(),
    store.outbox.nextDue(),
    store.figures.waiting(now),
    store.figures.aside(),
    store.figures.outcomes(0),
    store.figures.acknowledgements(),
  ])
  const lanes = carriers.flatMap(({ name, channels }) => channels.map((channel) => ({ carrier: name, channel })))
  const oldest = Math.min(...waiting.flatMap(({ dueSince }) => dueSince ?? []), now)
  const stateOf = ({ carrier, channel }: (typeof lanes)[number]) => {
    const off = aside.find((one) => one.carrier === carrier && one.channel === channel)
    return off ? (off.until <= now ? 1 : 2) : 0
  }
  const one = (value: number): Metric['values'] => [{ labels: {}, value }]
  return [
    { name: 'tocsin_open_alerts', help: 'Alerts that are running.', type: 'gauge', values: one(open.length) },
    {
      name: 'tocsin_overdue_seconds',
      help: 'How long the oldest due step or message has been waiting.',
      type: 'gauge',
      values: one(due === null ? 0 : Math.max(0, now - due) / SECOND),
    },
    {
      name: 'tocsin_dispatch_lag_seconds',
      help: 'How long the oldest due message has been waiting for its carrier.',
      type: 'gauge',
      values: one((now - oldest) / SECOND),
    },
    {
      name: 'tocsin_queue_depth',
      help: 'Messages that wait or are on their way, by carrier and channel.',
      type: 'gauge',
      values: waiting.map(({ carrier, channel, count }) => ({ labels: { carrier, channel }, value: count })),
    },
    {
      name: 'tocsin_carrier_state',
      help: 'Whether a carrier is trusted on a channel: 0 yes, 1 about to be tried again, 2 set aside.',
      type: 'gauge',
      values: lanes.map((lane) => ({ labels: lane, value: stateOf(lane) })),
    },
    {
      name: 'tocsin_attempts_total',
      help: 'Hand-overs to carriers by what came of them at once: accepted, retry, failed or cancelled.',
      type: 'counter',
      values: outcomes.map(({ carrier, channel, outcome, count }) => ({
        labels: { carrier, channel, result: outcome },
        value: count,
      })),
    },
    {
      name: 'tocsin_acknowledgements_total',
      help: 'Recipients who have acknowledged, of all alerts.',
      type: 'counter',
      values: one(acknowledged),
    },
  ]
}
