import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { Options } from '../measure/options.ts'
import { compare } from '../measure/results.ts'
import { type Contender, type Figures, takeTurns } from '../measure/take-turns.ts'
import { prepareFolder } from '../service/prepare-folder.ts'
import { build, copyFolder, startTocsin, type Tocsin } from '../service/start-tocsin.ts'

const SIZES = [100_000]
const OURS = 'Tocsin'
const BARE = 'node -e 0'

/** As `npm start` does after its build: from the start of the process to the first healthy answer. */
export async function runStart(options: Options): Promise<void> {
  build()
  for (const n of options.sizes ?? SIZES) {
    const rounds = await takeTurns([serviceStarts(n), nodeStarts()], options)
    const milliseconds = ({ seconds = Number.NaN }: Figures) => seconds * 1000
    const heading = { bench: 'start', case: 'first healthy answer', n, unit: 'ms' }
    const target = { of: 'value', most: 500 } as const
    compare(heading, rounds, { name: OURS, pick: milliseconds }, { name: BARE, pick: milliseconds }, target)
  }
}

function serviceStarts(people: number): Contender {
  return {
    name: OURS,
    async begin() {
      const prepared = await prepareFolder(people)
      const folder = copyFolder(prepared, [{ name: 'first', account: 1, url: 'http://127.0.0.1:9' }])
      let service: Tocsin | null = null
      return {
        pids: [],
        async work() {
          service = await startTocsin(folder, prepared.key)
          while (!(await service.get('/healthz')).ok) await new Promise((resolve) => setTimeout(resolve, 2))
        },
        prove: async () => ({}),
        async end() {
          await service?.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}

function nodeStarts(): Contender {
  return {
    name: BARE,
    begin: async () => ({
      pids: [],
      async work() {
        const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' })
        await new Promise((resolve) => child.once('exit', resolve))
      },
      prove: async () => ({}),
      end: async () => {},
    }),
  }
}
