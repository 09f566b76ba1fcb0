import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { Options } from '../measure/options.ts'
import { compare, compareToFixed, type Target } from '../measure/results.ts'
import { growthExponent, median } from '../measure/statistics.ts'
import { type Figures, type Rounds, takeTurns } from '../measure/take-turns.ts'
import { BARE, findPeers } from '../servers/list-peers.ts'
import { peerSends } from '../servers/peer-turn.ts'
import type { Tocsin } from '../service/start-tocsin.ts'
import { tocsinSends } from '../service/tocsin-turn.ts'
import { withSink } from './with-sink.ts'

/** A million takes an hour of preparing and sending: `--n 1000,10000,100000,1000000`. */
const SIZES = [1_000, 10_000, 100_000]
const MEMORY_BESIDE_BARE = 100_000
const VIEWS = 30

/** How raising, sending, live counts, report and memory grow with the number of people. */
export async function runScale(options: Options): Promise<void> {
  const sizes = options.sizes ?? SIZES
  const largest = Math.max(...sizes)
  const compared = sizes.includes(MEMORY_BESIDE_BARE) ? MEMORY_BESIDE_BARE : largest
  await withSink(async (sink) => {
    const peers = findPeers('scale', [BARE], options)
    const ours = sizes.map((people) => tocsinSends(sink, { name: nameOf(people), people, figures: look }))
    const rounds = await takeTurns([...ours, ...peers.map((peer) => peerSends(sink, peer, compared))], options)
    growths(rounds, sizes)
    for (const people of sizes) {
      const values = rounds.rounds.map((round) => round.get(nameOf(people))?.counts ?? Number.NaN)
      const heading = { bench: 'scale', case: 'live counts', n: people, unit: 'ms' }
      compareToFixed(heading, values, { name: '5 ms', value: 5 }, rounds, { of: 'value', most: 5 })
    }
    const memory = ({ memory = Number.NaN }: Figures) => memory
    for (const { name } of peers) {
      const heading = { bench: 'scale', case: 'peak memory', n: compared, unit: 'MiB' }
      const target = { of: 'ratio', most: 1.15 } as const
      compare(heading, rounds, { name: nameOf(compared), pick: memory }, { name, pick: memory }, target)
    }
    const values = rounds.rounds.map((round) => memory(round.get(nameOf(largest)) ?? {}))
    const target: Target | undefined = largest >= 1_000_000 ? { of: 'value', most: 500 } : undefined
    const heading = { bench: 'scale', case: 'peak memory, largest', n: largest, unit: 'MiB' }
    compareToFixed(heading, values, { name: '500 MiB', value: 500 }, rounds, target)
  })
}

function nameOf(people: number): string {
  return `Tocsin, ${people} people`
}

function growths(rounds: Rounds, sizes: readonly number[]): void {
  if (sizes.length < 2) return
  const growing = [
    { name: 'growth of raise and dispatch', figure: 'seconds', most: 1.05 },
    { name: 'growth of expansion', figure: 'expanded', most: 1.1 },
    { name: 'growth of the report', figure: 'report', most: 1.1 },
    { name: 'growth of live counts', figure: 'counts', most: 0.1 },
  ]
  for (const { name, figure, most } of growing) {
    const exponents = rounds.rounds.map((round) =>
      growthExponent(sizes.map((size) => ({ size, cost: round.get(nameOf(size))?.[figure] ?? Number.NaN }))),
    )
    const heading = { bench: 'scale', case: name, n: Math.max(...sizes), unit: 'exponent' }
    compareToFixed(heading, exponents, { name: 'in proportion', value: 1 }, rounds, { of: 'value', most })
  }
}

/** Milliseconds: live counts by the interface, the report as JSON, and from the raise to the last planned message. */
async function look({ service, folder, alert }: { service: Tocsin; folder: string; alert: AlertView }) {
  const views: number[] = []
  for (let view = 0; view < VIEWS; view++) views.push(await time(async () => void (await service.view(alert.id))))
  const report = await time(async () => void (await (await service.get(`/api/v1/reports/${alert.id}.json`)).text()))
  return { counts: median(views), report, expanded: readExpansion(folder, alert.id) }
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function readExpansion(folder: string, alertId: string): number {
  const database = new BetterSqlite(join(folder, 'tocsin.db'), { readonly: true })
  try {
    const text = `select (select max(created_at) from deliveries where alert_id = a.id) - raised_at as took
      from alerts a where id = ?`
    // Of one range the last message is planned in the millisecond of the raise.
    return Math.max(1, Number(database.prepare<[string], { took: number }>(text).get(alertId)?.took))
  } finally {
    database.close()
  }
}
