import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../measure/clean-up.ts'
import type { Options } from '../measure/options.ts'
import { compare, compareToFixed } from '../measure/results.ts'
import { startWorker } from '../measure/start-worker.ts'
import { type Contender, type Figures, takeTurns } from '../measure/take-turns.ts'

const SIZES = [100_000]
const OURS = 'Tocsin'
const PARSER = 'csv-parse and the numbers'
const WORKERS = join(import.meta.dirname, '../workers')

/** A file of people looked at and applied, beside its bare parsing. */
export async function runImport(options: Options): Promise<void> {
  for (const n of options.sizes ?? SIZES) {
    const csv = writeFile(n)
    const rounds = await takeTurns(
      [works(OURS, 'import-people', n, csv), works(PARSER, 'parse-people', n, csv)],
      options,
    )
    const rate = ({ seconds = Number.NaN }: Figures) => n / seconds
    const heading = { bench: 'import', n, unit: 'rows/s' }
    const parser = { name: PARSER, pick: rate }
    compare({ ...heading, case: 'preview and apply' }, rounds, { name: OURS, pick: rate }, parser, {
      of: 'ratio',
      least: 0.5,
    })
    const previewed = ({ preview = Number.NaN }: Figures) => (n / preview) * 1000
    compare({ ...heading, case: 'preview alone' }, rounds, { name: OURS, pick: previewed }, parser)
    const memory = rounds.rounds.map((round) => round.get(OURS)?.memory ?? Number.NaN)
    const bound = { name: '1 GiB', value: 1_024 }
    const target = { of: 'value', most: 1_024 } as const
    compareToFixed({ bench: 'import', n, unit: 'MiB', case: 'peak memory' }, memory, bound, rounds, target)
  }
}

function writeFile(n: number): string {
  const rows = Array.from({ length: n }, (_, index) => {
    const digits = String(index).padStart(6, '0')
    const boss = index === 0 ? '' : `P${Math.floor((index - 1) / 8)}`
    return `P${index},Person ${index},07700 ${digits},020 7${digits.slice(0, 3)} ${digits.slice(2)},p${index}@example.org,en,Site ${index % 40},${boss}`
  })
  return ['id,name,mobile,phone,email,language,groups,reports to', ...rows].join('\r\n')
}

function works(name: string, file: string, people: number, csv: string): Contender {
  return {
    name,
    async begin() {
      const folder = makeFolder(file)
      writeFileSync(join(folder, 'people.csv'), csv)
      const worker = startWorker(join(WORKERS, `${file}.ts`), { FOLDER: folder })
      await worker.next()
      let told: Record<string, number> = {}
      return {
        pids: [worker.pid],
        async work() {
          worker.go()
          told = await worker.next()
        },
        async prove() {
          if (told.rows !== people) throw new Error(`${told.rows} of ${people} people: ${JSON.stringify(told)}`)
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
