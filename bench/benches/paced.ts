import type { Options } from '../measure/options.ts'
import { compare, compareToFixed } from '../measure/results.ts'
import { busiestWindow } from '../measure/statistics.ts'
import { type Contender, type Figures, type Rounds, takeTurns } from '../measure/take-turns.ts'
import { firstCarrier, tocsinSends } from '../service/tocsin-turn.ts'
import type { Sink } from '../sink/start-sink.ts'
import { withSink } from './with-sink.ts'

const LATENCY_MS = 100
/** What one lane has in flight (`src/application/dispatch/lane.ts`). */
const IN_FLIGHT = 128
const LIMITS = [100, 1_000]
/** How long a case runs at its limit. */
const SECONDS = 10
const NAMES = { unpaced: 'no limit', two: 'two carriers of 100 per second' }

/** A provider that takes 100 ms for an answer, with and without a limit. */
export async function runPaced(options: Options): Promise<void> {
  await withSink(async (sink) => {
    const paced = LIMITS.map((limit) => sends(sink, onOne(limit), options.sizes?.[0] ?? limit * SECONDS, [limit]))
    const two = sends(sink, NAMES.two, options.sizes?.[0] ?? 2 * 100 * SECONDS, [100, 100])
    const free = sends(sink, NAMES.unpaced, options.sizes?.[0] ?? 10_000, [undefined])
    const rounds = await takeTurns([...paced, two, free], options)
    for (const limit of LIMITS) {
      const heading = { bench: 'paced', case: `limit of ${limit} per second`, n: limit, unit: 'messages/s' }
      const fixed = { name: 'the limit', value: limit }
      const target = { of: 'ratio', least: 0.97 } as const
      compareToFixed(heading, valuesOf(rounds, onOne(limit), 'rate'), fixed, rounds, target)
      const busiest = { ...heading, case: `limit of ${limit}, busiest second`, unit: 'messages' }
      const most = valuesOf(rounds, onOne(limit), 'busiest')
      compareToFixed(busiest, [Math.max(...most)], fixed, { ...rounds, runs: most.length }, { of: 'ratio', most: 1 })
    }
    const ideal = IN_FLIGHT / (LATENCY_MS / 1000)
    const heading = { bench: 'paced', case: 'no limit', n: IN_FLIGHT, unit: 'messages/s' }
    const fixed = { name: 'in flight / latency', value: ideal }
    compareToFixed(heading, valuesOf(rounds, NAMES.unpaced, 'rate'), fixed, rounds, { of: 'ratio', least: 0.95 })
    const rate = ({ rate = Number.NaN }: Figures) => rate
    const both = { bench: 'paced', case: 'two carriers', n: 200, unit: 'messages/s' }
    const target = { of: 'ratio', least: 1.9 } as const
    compare(both, rounds, { name: NAMES.two, pick: rate }, { name: onOne(100), pick: rate }, target)
  })
}

function onOne(limit: number): string {
  return `one carrier of ${limit} per second`
}

function valuesOf({ rounds }: Rounds, name: string, figure: string): number[] {
  return rounds.map((round) => round.get(name)?.[figure] ?? Number.NaN)
}

/** As the provider sees it: from the first arrival to the last, and the busiest second between. */
function sends(sink: Sink, name: string, people: number, limits: readonly (number | undefined)[]): Contender {
  const carriers = limits.map((limit, index) =>
    firstCarrier(sink, {
      name: index === 0 ? 'first' : 'second',
      account: index + 1,
      ...(limit === undefined ? {} : { smsPerSecond: limit }),
    }),
  )
  const figures = async () => {
    const times = await sink.times()
    const seconds = ((times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN)) / 1000
    return { rate: (people - 1) / seconds, busiest: busiestWindow(times, 1_000) }
  }
  return tocsinSends(sink, { name, people, carriers, setting: { latency: LATENCY_MS }, figures })
}
