import { rmSync } from 'node:fs'
import type { Options } from '../measure/options.ts'
import { compareToFixed } from '../measure/results.ts'
import { type Contender, type Rounds, takeTurns } from '../measure/take-turns.ts'
import { prepareFolder } from '../service/prepare-folder.ts'
import { startTocsin } from '../service/start-tocsin.ts'
import { beginService } from '../service/tocsin-turn.ts'
import type { Sink } from '../sink/start-sink.ts'
import { createRandom } from './create-random.ts'
import { withSink } from './with-sink.ts'

const SIZES = [10_000]
const KILLS = 3
const KINDS = [
  { name: 'carrier can be asked', listed: true },
  { name: 'carrier cannot be asked', listed: false },
]
/** What one lane has in flight and one group of results holds (`lane.ts` and `group-results.ts` of the dispatch). */
const UNSETTLED = 128 + 256
const LONGEST_REST_MS = 2_000
const LOOK_MS = 2

/** Killed with SIGKILL at random moments of sending, the same in every run, and started again. */
export async function runRecover(options: Options): Promise<void> {
  await withSink(async (sink) => {
    for (const n of options.sizes ?? SIZES) {
      const contenders = KINDS.map(({ name, listed }) => killed(sink, n, name, listed))
      const rounds = await takeTurns(contenders, options)
      for (const { name } of KINDS) tell(rounds, n, name)
    }
  })
}

function tell({ rounds, ...disturbed }: Rounds, n: number, name: string): void {
  const heading = { bench: 'recover', n, unit: 'messages' }
  const all = { ...disturbed, runs: rounds.length }
  const worst = (figure: string) => [Math.max(...rounds.map((round) => round.get(name)?.[figure] ?? Number.NaN))]
  const everybody = { name: 'all', value: n }
  compareToFixed({ ...heading, case: `lost, ${name}` }, worst('lost'), everybody, all, { of: 'value', most: 0 })
  const allowed = { name: 'in flight and one commit', value: UNSETTLED }
  const doubled = { ...heading, case: `duplicates for each kill, ${name}` }
  compareToFixed(doubled, worst('twice'), allowed, all, { of: 'value', most: UNSETTLED })
  const rest = { name: '2 s', value: LONGEST_REST_MS }
  const resumed = { ...heading, case: `sends again, worst kill, ${name}`, unit: 'ms' }
  compareToFixed(resumed, worst('resumed'), rest, all, { of: 'value', most: LONGEST_REST_MS })
}

function killed(sink: Sink, people: number, name: string, listed: boolean): Contender {
  return {
    name,
    async begin(round) {
      const prepared = await prepareFolder(people)
      let { service, folder } = await beginService(sink, prepared)
      const random = createRandom(round)
      // Apart, so that each kill meets a service that sends; not at the very end, where nothing is left to resume.
      const moments = Array.from({ length: KILLS }, (_, kill) => Math.floor((people * 0.9 * (kill + random())) / KILLS))
      await sink.reset({ people, listed })
      let resumed = 0
      let alertId = ''
      return {
        pids: [],
        async work() {
          alertId = (await service.raise(prepared.trees)).id
          for (const moment of moments) {
            while ((await sink.tell()).different < moment) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
            await service.kill()
            const start = performance.timeOrigin + performance.now()
            await sink.mark()
            service = await startTocsin(folder, prepared.key)
            let first = null
            while (first === null) {
              await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
              first = (await sink.tell()).firstSinceMark
            }
            resumed = Math.max(resumed, first - start)
          }
          await sink.all()
          await service.accepted(alertId, people)
        },
        async prove() {
          const { total, different } = await sink.tell()
          return { resumed, lost: people - different, twice: (total - different) / KILLS }
        },
        async end() {
          await service.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}
