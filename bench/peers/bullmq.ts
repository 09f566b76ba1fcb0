import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { serveTurn } from './serve-turn.ts'
import { IN_FLIGHT, openPool, post, rangeOf, required, WARM_PEOPLE } from './work.ts'

/** BullMQ: a job for each person, kept with its answer, as the durable record of what became of it. */
const connection = new Redis({ host: '127.0.0.1', port: Number(required('REDIS_PORT')), maxRetriesPerRequest: null })
const BATCH = 1_000
const pool = openPool()
const queue = new Queue('deliveries', { connection })
await queue.obliterate({ force: true })
const worker = new Worker(
  'deliveries',
  async (job: { data: { number: number } }) => ({ sid: await post(pool, job.data.number), at: Date.now() }),
  { connection, concurrency: IN_FLIGHT },
)
let done = 0
let finished = Promise.withResolvers<void>()
let wanted = 0
worker.on('completed', () => {
  done++
  if (done === wanted) finished.resolve()
})
worker.on('failed', (_job, error) => finished.reject(error))
worker.on('error', (error) => finished.reject(error))
await worker.waitUntilReady()

const opts = { attempts: 3, backoff: { type: 'exponential', delay: 1_000 }, removeOnComplete: false }
await serveTurn(
  async (first, count) => {
    done = 0
    wanted = count
    finished = Promise.withResolvers<void>()
    for (let from = first; from < first + count; from += BATCH) {
      const numbers = rangeOf(from, Math.min(BATCH, first + count - from))
      await queue.addBulk(numbers.map((number) => ({ name: 'sms', data: { number, alert: 1 }, opts })))
    }
    await finished.promise
  },
  async () => ((await queue.getJobCounts('completed')).completed ?? 0) - WARM_PEOPLE,
)
