import type { Options } from '../measure/options.ts'
import { compare } from '../measure/results.ts'
import { type Figures, takeTurns } from '../measure/take-turns.ts'
import { tocsinSends } from '../service/tocsin-turn.ts'
import { answersByHono, prepareSent, serviceAnswers } from './storm-turns.ts'
import { withSink } from './with-sink.ts'

const SIZES = [40_000]
/** People of the alert that is being sent meanwhile. */
const OTHERS = 10_000
const OURS = 'Tocsin'
const BUSY = 'Tocsin, while it sends'
const NOTHING = 'Hono no-op'
const ONE_EACH = 'one transaction each'
const SENDING = 'sending alone'

/** A storm of signed answers, each of them durably acknowledged before it is answered. */
export async function runAcks(options: Options): Promise<void> {
  await withSink(async (sink) => {
    for (const n of options.sizes ?? SIZES) {
      const others = Math.min(OTHERS, n)
      const prepared = await prepareSent(sink, n, others)
      const contenders = [
        serviceAnswers(sink, { name: OURS, answers: n, prepared, others: 0 }),
        serviceAnswers(sink, { name: BUSY, answers: n, prepared, others }),
        answersByHono({ name: NOTHING, answers: n, mode: 'nothing' }),
        answersByHono({ name: ONE_EACH, answers: n, mode: 'transaction' }),
        tocsinSends(sink, { name: SENDING, people: others }),
      ]
      const rounds = await takeTurns(contenders, options)
      prepared.remove()
      const rate = ({ storm = Number.NaN }: Figures) => n / storm
      const sent = ({ seconds = Number.NaN }: Figures) => others / seconds
      const p99 = ({ p99 = Number.NaN }: Figures) => p99
      const heading = { bench: 'acks', n, unit: 'answers/s' }
      const alone = { ...heading, case: 'alone' }
      const ours = { name: OURS, pick: rate }
      compare(alone, rounds, ours, { name: NOTHING, pick: rate }, { of: 'ratio', least: 0.6 })
      compare(alone, rounds, ours, { name: ONE_EACH, pick: rate }, { of: 'ratio', least: 3 })
      compare(alone, rounds, ours, { name: SENDING, pick: sent }, { of: 'ratio', least: 4 })
      const slowest = { ...heading, case: 'alone, p99', unit: 'ms' }
      compare(slowest, rounds, { name: OURS, pick: p99 }, { name: NOTHING, pick: p99 }, { of: 'ratio', most: 3 })
      const busy = { ...heading, case: `while ${others} are sent` }
      compare(busy, rounds, { name: BUSY, pick: rate }, { name: NOTHING, pick: rate })
      compare(busy, rounds, { name: BUSY, pick: rate }, ours)
      compare(
        { ...slowest, case: `${busy.case}, p99` },
        rounds,
        { name: BUSY, pick: p99 },
        { name: NOTHING, pick: p99 },
      )
    }
  })
}
