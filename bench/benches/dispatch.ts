import type { Options } from '../measure/options.ts'
import { compare, type Target } from '../measure/results.ts'
import { type Figures, takeTurns } from '../measure/take-turns.ts'
import { BARE, findPeers } from '../servers/list-peers.ts'
import { peerSends } from '../servers/peer-turn.ts'
import { tocsinSends } from '../service/tocsin-turn.ts'
import { startSink } from '../sink/start-sink.ts'

const SIZES = [10_000]
const OURS = 'Tocsin'
const NAMES = [BARE, 'BullMQ', 'pg-boss', 'graphile-worker', 'Kannel', 'SDK, in sequence', 'SDK, parallel']

/** Raising to so many people by text, until every message is accepted and recorded. */
export async function runDispatch(options: Options): Promise<void> {
  const peers = findPeers('dispatch', NAMES, options)
  const sink = await startSink()
  try {
    for (const n of options.sizes ?? SIZES) {
      const contenders = [
        tocsinSends(sink, { name: OURS, people: n }),
        ...peers.map((peer) => peerSends(sink, peer, n)),
      ]
      const rounds = await takeTurns(contenders, options)
      const perSecond = ({ seconds = Number.NaN }: Figures) => n / seconds
      const microseconds = ({ worked = Number.NaN }: Figures) => (worked / n) * 1e6
      for (const { name } of peers) {
        const heading = { bench: 'dispatch', case: 'sms, durable', n, unit: 'messages/s' }
        const target = speedTarget(name, n)
        compare(heading, rounds, { name: OURS, pick: perSecond }, { name, pick: perSecond }, target)
      }
      for (const { name } of peers) {
        const heading = { bench: 'dispatch', case: 'processor time', n, unit: 'µs/message' }
        const target = workTarget(name)
        compare(heading, rounds, { name: OURS, pick: microseconds }, { name, pick: microseconds }, target)
      }
    }
  } finally {
    sink.stop()
  }
}

function speedTarget(name: string, n: number): Target {
  if (name === BARE) return { of: 'ratio', least: 0.8 }
  if (name === 'BullMQ') return { of: 'ratio', least: 4 }
  if (name === 'pg-boss') return { of: 'ratio', least: n >= 100_000 ? 7 : 2.5 }
  return { of: 'ratio', least: 5 }
}

function workTarget(name: string): Target | undefined {
  if (name === BARE) return { of: 'ratio', most: 1.15 }
  if (name === 'BullMQ') return { of: 'ratio', most: 0.2 }
  return undefined
}
