import { join } from 'node:path'
import { startWorker } from '../measure/start-worker.ts'
import type { Contender, Turn } from '../measure/take-turns.ts'
import { WARM_PEOPLE } from '../service/prepare-folder.ts'
import { AUTH_TOKEN, accountOf } from '../service/write-carriers.ts'
import { FIRST_COUNTED, FIRST_WARM, type Setting } from '../sink/protocol.ts'
import { proveOnce, type Sink } from '../sink/start-sink.ts'
import type { Server } from './run-server.ts'

/** As many as one lane of the service has (`src/application/dispatch/lane.ts`). */
const IN_FLIGHT = 128
const PEERS = join(import.meta.dirname, '../peers')

export interface Peer {
  name: string
  /** In `bench/peers`. */
  driver: string
  environment?: Record<string, string>
  /** Started anew for each turn; null when its package is not there. */
  server?: (sinkUrl: string) => Promise<Server | null>
  install?: string
}

/** A peer's driver in a process of its own, with its server, warmed up with as many messages as the service is. */
export function peerSends(sink: Sink, peer: Peer, people: number, setting: Partial<Setting> = {}): Contender {
  return {
    name: peer.name,
    async begin(): Promise<Turn> {
      await sink.reset({ people })
      const server = (await peer.server?.(sink.url)) ?? null
      const driver = startWorker(join(PEERS, `${peer.driver}.ts`), environmentOf(peer, people, sink, server))
      const end = async () => {
        await driver.end()
        await server?.stop()
      }
      try {
        await driver.next()
        // What Kannel has only spooled must not arrive among what is counted.
        while ((await sink.tell()).others < WARM_PEOPLE) await new Promise((resolve) => setTimeout(resolve, 20))
      } catch (error) {
        await end()
        throw error
      }
      await sink.reset({ people, ...setting })
      let start = 0
      let recorded = 0
      return {
        pids: [driver.pid, ...(server?.pids ?? [])],
        async work() {
          start = performance.timeOrigin + performance.now()
          driver.go()
          const message = await driver.next()
          await sink.all()
          recorded = message.recorded ?? 0
        },
        async prove() {
          const arrivals = await sink.tell()
          proveOnce(arrivals, people)
          if (recorded !== people) throw new Error(`its records say ${recorded} of ${people}`)
          return { first: (arrivals.first ?? Number.NaN) - start }
        },
        end,
      }
    },
  }
}

function environmentOf(peer: Peer, people: number, sink: Sink, server: Server | null): Record<string, string> {
  return {
    SINK: sink.url,
    PEOPLE: String(people),
    WARM_PEOPLE: String(WARM_PEOPLE),
    FIRST_COUNTED: String(FIRST_COUNTED),
    FIRST_WARM: String(FIRST_WARM),
    IN_FLIGHT: String(IN_FLIGHT),
    ACCOUNT: accountOf(1),
    AUTH_TOKEN,
    ...peer.environment,
    ...server?.environment,
  }
}
