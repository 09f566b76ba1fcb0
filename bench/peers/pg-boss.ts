import { PgBoss } from 'pg-boss'
import { serveTurn } from './serve-turn.ts'
import { IN_FLIGHT, openPool, post, rangeOf, required, until } from './work.ts'

/** pg-boss, as fast as its options make it: a job for each person, kept with its answer. */
const QUEUE = 'deliveries'
const BATCH = 2_000
const FETCHERS = 2
const boss = new PgBoss({ connectionString: required('POSTGRES_URL'), max: 10, useListenNotify: true })
boss.on('error', (error) => console.error(error))
await boss.start()
await boss.deleteQueue(QUEUE).catch(() => {})
await boss.createQueue(QUEUE, { retryLimit: 3, retryBackoff: true, notify: true })
const pool = openPool()
await boss.work<{ number: number }>(
  QUEUE,
  {
    batchSize: IN_FLIGHT / FETCHERS,
    localConcurrency: FETCHERS,
    pollingIntervalSeconds: 0.5,
    burstWhenBatchFull: true,
    perJobResults: true,
  },
  (jobs) =>
    Promise.all(
      jobs.map(async ({ id, data }) => ({
        id,
        status: 'completed' as const,
        output: { sid: await post(pool, data.number) },
      })),
    ),
)
const db = boss.getDb()
let before = 0
const completed = async () => {
  const text = `select count(*) as count from pgboss.job where name = '${QUEUE}' and state = 'completed'`
  return Number((await db.executeSql(text)).rows[0]?.count)
}

await serveTurn(
  async (first, count) => {
    before = await completed()
    for (let from = first; from < first + count; from += BATCH) {
      const numbers = rangeOf(from, Math.min(BATCH, first + count - from))
      await boss.insert(
        QUEUE,
        numbers.map((number) => ({ data: { number, alert: 1 } })),
      )
    }
    await until(async () => (await completed()) >= before + count, 25)
  },
  async () => (await completed()) - before,
)
