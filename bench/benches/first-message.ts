import { rmSync } from 'node:fs'
import type { Options } from '../measure/options.ts'
import { compare, compareToFixed, type Target } from '../measure/results.ts'
import { quantile } from '../measure/statistics.ts'
import { type Contender, type Figures, takeTurns } from '../measure/take-turns.ts'
import { findPeers } from '../servers/list-peers.ts'
import { peerSends } from '../servers/peer-turn.ts'
import { prepareFolder } from '../service/prepare-folder.ts'
import { beginService } from '../service/tocsin-turn.ts'
import { proveOnce, type Sink } from '../sink/start-sink.ts'
import { withSink } from './with-sink.ts'

const SIZES = [500, 10_000, 100_000]
/** Compared with the peer at this size, or the nearest below that is asked for. */
const USUAL = 10_000
const PEER = 'BullMQ'
/** A turn raises alerts one after the other until so many people were written to: each must be over before the next. */
const MESSAGES = 40_000
const MOST_RAISES = 20

function raisesOf(people: number): number {
  return Math.min(MOST_RAISES, Math.max(1, Math.floor(MESSAGES / people)))
}

/** From the request that raises until the first message is at the provider. */
export async function runFirstMessage(options: Options): Promise<void> {
  const sizes = options.sizes ?? SIZES
  const usual = sizes.filter((n) => n <= USUAL).at(-1) ?? sizes[0] ?? USUAL
  await withSink(async (sink) => {
    const peers = findPeers('first-message', [PEER], options)
    const contenders = [...sizes.map((n) => raises(sink, n)), ...peers.map((peer) => peerSends(sink, peer, usual))]
    const rounds = await takeTurns(contenders, options)
    for (const n of sizes) {
      const samples = rounds.rounds.flatMap((round) => timesOf(round.get(nameOf(n)) ?? {}))
      const heading = { bench: 'first-message', case: `p99 of ${samples.length} alerts`, n, unit: 'ms' }
      const target: Target | undefined = n === USUAL ? { of: 'value', most: 20 } : undefined
      const aim = { name: '20 ms', value: 20 }
      compareToFixed(heading, [quantile(samples, 0.99)], aim, { ...rounds, runs: rounds.rounds.length }, target)
    }
    const middle = (figures: Figures) => quantile(timesOf(figures), 0.5)
    const first = ({ first = Number.NaN }: Figures) => first
    for (const { name } of peers) {
      const heading = { bench: 'first-message', case: 'median', n: usual, unit: 'ms' }
      const target = { of: 'ratio', most: 0.2 } as const
      compare(heading, rounds, { name: nameOf(usual), pick: middle }, { name, pick: first }, target)
    }
    const [small, large] = [sizes[0], sizes.at(-1)]
    if (small === undefined || large === undefined || small === large) return
    const heading = { bench: 'first-message', case: 'median, growth', n: large, unit: 'ms' }
    const target = { of: 'ratio', most: 2 } as const
    compare(heading, rounds, { name: nameOf(large), pick: middle }, { name: nameOf(small), pick: middle }, target)
  })
}

function nameOf(people: number): string {
  return `Tocsin, ${people} people`
}

function timesOf(figures: Figures): number[] {
  return Object.entries(figures).flatMap(([name, value]) => (name.startsWith('alert ') ? value : []))
}

function raises(sink: Sink, people: number): Contender {
  return {
    name: nameOf(people),
    async begin() {
      const prepared = await prepareFolder(people)
      const { service, folder } = await beginService(sink, prepared)
      const figures: Record<string, number> = {}
      return {
        pids: [service.pid],
        async work() {
          for (let index = 0; index < raisesOf(people); index++) {
            await sink.reset({ people })
            const start = performance.timeOrigin + performance.now()
            const alert = await service.raise(prepared.trees)
            await sink.all()
            await service.accepted(alert.id, people)
            const arrivals = await sink.tell()
            proveOnce(arrivals, people)
            figures[`alert ${index}`] = (arrivals.first ?? Number.NaN) - start
          }
        },
        prove: async () => figures,
        async end() {
          await service.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}
