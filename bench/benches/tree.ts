import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { saveTree } from '../../src/application/trees/save-tree.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { openHome } from '../../src/platform/node/open-home.ts'
import { makeFolder } from '../measure/clean-up.ts'
import type { Options } from '../measure/options.ts'
import { compare, compareToFixed } from '../measure/results.ts'
import { startWorker } from '../measure/start-worker.ts'
import { type Contender, type Figures, takeTurns } from '../measure/take-turns.ts'
import { environmentOf, type Prepared, prepareFolder } from '../service/prepare-folder.ts'
import { copyFolder } from '../service/start-tocsin.ts'
import { beginService, firstCarrier } from '../service/tocsin-turn.ts'
import type { Sink } from '../sink/start-sink.ts'
import { withSink } from './with-sink.ts'

const SIZES = [100_000]
/** So many below each make a tree of 100,000 eight levels deep. */
const BRANCHES = 5
const TREE = 'Deep'
const OURS = 'Tocsin'
const ROWS = 'copied rows'
const DECISION = 'decision'
const LOOK_MS = 5
const WORKERS = join(import.meta.dirname, '../workers')

/** Freezing a tree durably, seating everybody in it, and the decision of a cascade while nothing is due. */
export async function runTree(options: Options): Promise<void> {
  await withSink(async (sink) => {
    for (const n of options.sizes ?? SIZES) {
      const prepared = await prepareTree(n)
      const contenders = [raises(sink, prepared), works(ROWS, 'insert-rows', n), works(DECISION, 'decide-tick', n)]
      const rounds = await takeTurns(contenders, options)
      rmSync(prepared.folder, { recursive: true, force: true })
      const copied = { name: ROWS, pick: ({ seconds = Number.NaN }: Figures) => seconds * 1000 }
      const heading = { bench: 'tree', n, unit: 'ms' }
      const frozen = { name: OURS, pick: ({ frozen = Number.NaN }: Figures) => frozen }
      compare({ ...heading, case: 'frozen durably' }, rounds, frozen, copied, { of: 'value', most: 250 })
      const seated = { name: OURS, pick: ({ seconds = Number.NaN }: Figures) => seconds * 1000 }
      compare({ ...heading, case: 'everybody seated, while it sends' }, rounds, seated, copied)
      const decided = (figure: string) => rounds.rounds.map((round) => round.get(DECISION)?.[figure] ?? Number.NaN)
      const tick = { name: '10 ms', value: 10 }
      compareToFixed({ ...heading, case: 'tick with nothing due' }, decided('tick'), tick, rounds, {
        of: 'value',
        most: 10,
      })
      compareToFixed({ ...heading, case: 'laid out' }, decided('lay'), { name: '250 ms', value: 250 }, rounds)
    }
  })
}

async function prepareTree(people: number): Promise<Prepared> {
  const prepared = await prepareFolder(people)
  const folder = copyFolder(prepared, [{ name: 'first', account: 1, url: 'http://127.0.0.1:9' }])
  const { deps, close } = await openHome(readEnvironment(environmentOf(folder)), 'http://localhost:1', {}, () => {})
  const nodes = Array.from({ length: people }, (_, index) => ({
    person: `P${index}`,
    deputies: [],
    ...(index === 0 ? {} : { parent: `P${Math.floor((index - 1) / BRANCHES)}` }),
  }))
  await saveTree(deps, { kind: 'host' }, { name: TREE, nodes }, null, null)
  close()
  return { ...prepared, folder, trees: [TREE] }
}

function raises(sink: Sink, prepared: Prepared): Contender {
  return {
    name: OURS,
    async begin() {
      const { service, folder } = await beginService(sink, prepared, [firstCarrier(sink)])
      await sink.reset({ people: prepared.people })
      let frozen = Number.NaN
      let seated = 0
      return {
        pids: [service.pid],
        async work() {
          const start = performance.now()
          const { id } = await service.raise(prepared.trees)
          frozen = performance.now() - start
          for (;;) {
            const { counts } = await service.view(id)
            seated = Object.values(counts).reduce((sum, count) => sum + count, 0)
            if (seated >= prepared.people) return
            await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
          }
        },
        async prove() {
          if (seated !== prepared.people) throw new Error(`${seated} of ${prepared.people} were seated`)
          return { frozen }
        },
        async end() {
          await service.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}

function works(name: string, file: string, nodes: number): Contender {
  return {
    name,
    async begin() {
      const folder = makeFolder(file)
      const given = { FOLDER: folder, NODES: String(nodes), BRANCHES: String(BRANCHES) }
      const worker = startWorker(join(WORKERS, `${file}.ts`), given)
      await worker.next()
      let told: Record<string, number> = {}
      return {
        pids: [worker.pid],
        async work() {
          worker.go()
          told = await worker.next()
        },
        async prove() {
          if ((told.rows ?? told.places) !== nodes || (told.started ?? 0) > 0) throw new Error(JSON.stringify(told))
          return told
        },
        async end() {
          await worker.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}
