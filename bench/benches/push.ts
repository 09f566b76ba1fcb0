import { join } from 'node:path'
import type { Options } from '../measure/options.ts'
import { compare } from '../measure/results.ts'
import { startWorker } from '../measure/start-worker.ts'
import { type Contender, type Figures, takeTurns } from '../measure/take-turns.ts'

const SIZES = [10_000]
const OURS = 'Tocsin'
const PEER = 'web-push'
const WORKER = join(import.meta.dirname, '../workers/encrypt-pushes.ts')
const DEVICES = 200

/** Encrypting and signing, with nothing sent: what a core can do in a second. */
export async function runPush(options: Options): Promise<void> {
  for (const n of options.sizes ?? SIZES) {
    const rounds = await takeTurns([encrypts(OURS, 'tocsin', n), encrypts(PEER, 'webpush', n)], options)
    const perSecond = ({ worked = Number.NaN }: Figures) => n / worked
    const heading = { bench: 'push', case: 'encrypt and sign, per core', n, unit: 'pushes/s' }
    const target = { of: 'ratio', least: 1.9 } as const
    compare(heading, rounds, { name: OURS, pick: perSecond }, { name: PEER, pick: perSecond }, target)
  }
}

function encrypts(name: string, sender: string, pushes: number): Contender {
  return {
    name,
    async begin() {
      const worker = startWorker(WORKER, { SENDER: sender, PUSHES: String(pushes) })
      await worker.next()
      let told: Record<string, number> = {}
      return {
        pids: [worker.pid],
        async work() {
          worker.go()
          told = await worker.next()
        },
        async prove() {
          const devices = Math.min(DEVICES, pushes)
          if (told.sent !== pushes || (told.readable ?? 0) < devices) throw new Error(JSON.stringify(told))
          return {}
        },
        end: worker.end,
      }
    },
  }
}
