import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'
import { serveTurn } from './serve-turn.ts'
import { IN_FLIGHT, openPool, post, rangeOf, required, until } from './work.ts'

/** graphile-worker with local queue and grouped completion. It deletes what is done, so a table of ours keeps the state. */
const BATCH = 2_000
const database = new pg.Pool({ connectionString: required('POSTGRES_URL'), max: 24 })
// It wants to know that a lost connection is heeded.
database.on('error', (error) => console.error(error))
database.on('connect', (client) => client.on('error', (error) => console.error(error)))
await database.query('drop schema if exists graphile_worker cascade')
await database.query('drop table if exists delivery')
await database.query('create table delivery (id int primary key, state text not null, sid text, at timestamptz)')
const logger = new Logger(() => () => {})
const utils = await makeWorkerUtils({ pgPool: database, logger })
await utils.migrate()
const pool = openPool()
let done = 0
let start = 0
const preset = {
  worker: {
    pgPool: database,
    logger,
    concurrentJobs: IN_FLIGHT,
    pollInterval: 500,
    localQueue: { size: 512 },
    completeJobBatchDelay: 5,
    failJobBatchDelay: 5,
  },
}
await run({
  preset,
  pgPool: database,
  logger,
  noHandleSignals: true,
  taskList: {
    sms: async (payload) => {
      const { number } = payload as { number: number }
      const sid = await post(pool, number)
      const text = "update delivery set state = 'sent', sid = $2, at = now() where id = $1"
      await database.query({ name: 'settle', text, values: [number, sid] })
      done++
    },
  },
})
const count = async (text: string) => Number((await database.query<{ count: string }>(text)).rows[0]?.count)

await serveTurn(
  async (first, people) => {
    done = 0
    start = first
    const seat = "insert into delivery select id, 'pending' from generate_series($1::int, $2::int) id"
    await database.query(seat, [first, first + people - 1])
    for (let from = first; from < first + people; from += BATCH) {
      const numbers = rangeOf(from, Math.min(BATCH, first + people - from))
      await utils.addJobs(
        numbers.map((number) => ({ identifier: 'sms', payload: { number, alert: 1 }, maxAttempts: 3 })),
      )
    }
    await until(() => done >= people, 10)
    await until(async () => (await count('select count(*) from graphile_worker._private_jobs')) === 0, 10)
  },
  () => count(`select count(*) from delivery where state = 'sent' and id between ${start} and ${start + done - 1}`),
)
