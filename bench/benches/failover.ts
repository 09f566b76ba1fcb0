import type { Options } from '../measure/options.ts'
import { compareToFixed } from '../measure/results.ts'
import { type Contender, takeTurns } from '../measure/take-turns.ts'
import { firstCarrier, tocsinSends } from '../service/tocsin-turn.ts'
import { accountOf } from '../service/write-carriers.ts'
import type { Fault } from '../sink/protocol.ts'
import type { Sink } from '../sink/start-sink.ts'
import { withSink } from './with-sink.ts'

const SIZES = [10_000]
const UNDISTURBED = 'undisturbed'
const KINDS = ['fail', 'stall'] as const
const LONGEST_DETOUR = 5

/** The first of two carriers begins to fail, or to answer nothing, when half of the messages are through. */
export async function runFailover(options: Options): Promise<void> {
  await withSink(async (sink) => {
    for (const n of options.sizes ?? SIZES) {
      const contenders = [sends(sink, n, UNDISTURBED, null), ...KINDS.map((how) => sends(sink, n, how, how))]
      const rounds = await takeTurns(contenders, options)
      for (const how of KINDS) {
        const detours = rounds.rounds.map((round) => {
          const [disturbed = Number.NaN, calm = Number.NaN] = [round.get(how)?.seconds, round.get(UNDISTURBED)?.seconds]
          return disturbed - calm
        })
        const heading = { bench: 'failover', case: `first carrier begins to ${how}, detour`, n, unit: 's' }
        const fixed = { name: `${LONGEST_DETOUR} s`, value: LONGEST_DETOUR }
        compareToFixed(heading, detours, fixed, rounds, { of: 'value', most: LONGEST_DETOUR })
      }
    }
  })
}

function sends(sink: Sink, people: number, name: string, how: Fault['how'] | null): Contender {
  const carriers = [firstCarrier(sink), firstCarrier(sink, { name: 'second', account: 2 })]
  const fault: Fault | null = how && { account: accountOf(1), after: people / 2, how }
  const figures = async () => {
    const { accepted } = await sink.tell()
    const [first = 0, second = 0] = [accepted[accountOf(1)], accepted[accountOf(2)]]
    if (how && second < people / 2) throw new Error(`the second carrier took ${second} and the first ${first}`)
    return { first, second }
  }
  return tocsinSends(sink, { name, people, carriers, setting: { fault }, figures })
}
