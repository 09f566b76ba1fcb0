import { rmSync } from 'node:fs'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { Contender, Turn } from '../measure/take-turns.ts'
import type { Setting } from '../sink/protocol.ts'
import { proveOnce, type Sink } from '../sink/start-sink.ts'
import { type Prepared, prepareFolder, WARM_PEOPLE } from './prepare-folder.ts'
import { copyFolder, startTocsin, type Tocsin } from './start-tocsin.ts'
import type { SinkCarrier } from './write-carriers.ts'

export interface TocsinCase {
  name: string
  people: number
  carriers?: readonly SinkCarrier[]
  setting?: Partial<Setting>
  /** Further figures from the service while it still runs. */
  figures?: (running: { service: Tocsin; folder: string; alert: AlertView }) => Promise<Record<string, number>>
}

export function firstCarrier(sink: Sink, change: Partial<SinkCarrier> = {}): SinkCarrier {
  return { name: 'first', account: 1, url: sink.url, ...change }
}

/** A service of its own for each turn, warmed up by an alert to others. */
export async function beginService(
  sink: Sink,
  prepared: Prepared,
  carriers: readonly SinkCarrier[] = [firstCarrier(sink)],
): Promise<{ service: Tocsin; folder: string }> {
  const folder = copyFolder(prepared, carriers)
  await sink.reset({ people: prepared.people })
  const service = await startTocsin(folder, prepared.key)
  const warm = await service.raise(['Warm-up'])
  await service.accepted(warm.id, WARM_PEOPLE)
  return { service, folder }
}

/** Raising by HTTP until the database says that everybody's message is accepted. Times of arrival are figures. */
export function tocsinSends(sink: Sink, what: TocsinCase): Contender {
  const { name, people, carriers, setting, figures } = what
  return {
    name,
    async begin(): Promise<Turn> {
      const prepared = await prepareFolder(people)
      const { service, folder } = await beginService(sink, prepared, carriers)
      await sink.reset({ people, ...setting })
      let alert: AlertView | null = null
      let start = 0
      let raised = 0
      return {
        pids: [service.pid],
        async work() {
          start = performance.timeOrigin + performance.now()
          alert = await service.raise(prepared.trees)
          raised = performance.timeOrigin + performance.now() - start
          await sink.all()
          await service.accepted(alert.id, people)
        },
        async prove() {
          const arrivals = await sink.tell()
          proveOnce(arrivals, people)
          const more = alert && figures ? await figures({ service, folder, alert }) : {}
          return { first: (arrivals.first ?? Number.NaN) - start, raised, ...more }
        },
        async end() {
          await service.end()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  }
}
