import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AlertView } from '../../src/contract/alerts.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import type { D1Database } from '../../src/platform/workers/bindings.ts'
import { openD1 } from '../../src/platform/workers/database.ts'
import { describeFailure } from '../../src/platform/workers/describe-failure.ts'
import { migrateD1, startD1 } from '../contracts/databases.ts'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
let alert: AlertView
let stop: () => Promise<void>
/** What D1 says instead of doing what it is asked, as its own list of errors has it. */
let failure: string | null
let log: string[]

/** The real D1 in workerd, which can be told to fail as the hosted one does. */
function failing(d1: D1Database): D1Database {
  const refuse = async () => {
    if (failure !== null) throw new Error(failure)
  }
  type Statement = ReturnType<D1Database['prepare']>
  const wrap = (statement: Statement): Statement => ({
    ...{ original: statement },
    bind: (...values) => wrap(statement.bind(...values)),
    all: () => refuse().then(() => statement.all()),
    run: () => refuse().then(() => statement.run()),
    raw: () => refuse().then(() => statement.raw()),
  })
  const unwrap = (statement: Statement) => ('original' in statement ? (statement.original as Statement) : statement)
  return {
    prepare: (sql) => wrap(d1.prepare(sql)),
    batch: (statements) => refuse().then(() => d1.batch(statements.map(unwrap))),
  }
}

beforeAll(async () => {
  failure = null
  const { d1, close } = await startD1()
  await migrateD1(d1)
  stop = close
  rig = await startRig(':memory:', makeSecret(), { database: openD1(failing(d1)) })
  await rig.importPeople('id,name,mobile\nA,Amira Ward,+447700900101')
  await rig.saveTemplate()
  alert = await rig.raise()
  await rig.advance(5_000)
}, 60_000)
afterAll(() => stop())
beforeEach(() => {
  log = []
  vi.spyOn(console, 'error').mockImplementation((line) => void log.push(String(line)))
})
afterEach(() => {
  failure = null
  vi.restoreAllMocks()
})

const PASSING = [
  'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
  'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
  'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
  'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: D1 DB exceeded its CPU time limit and was reset.',
  "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
]
const FULL = [
  'D1_ERROR: Exceeded maximum DB size.',
  "D1_ERROR: Your account has exceeded D1's maximum account storage limit, please contact Cloudflare.",
]

describe('when the database of Workers does not take what is asked', () => {
  it.each([
    ...PASSING.map((said) => [said, 503, 'database.busy'] as const),
    ...FULL.map((said) => [said, 507, 'database.full'] as const),
  ])('and says "%s", everybody is told %i and when to ask again', async (said, status, code) => {
    failure = said
    for (const ask of [
      () =>
        rig.ask('/api/v1/alerts', { method: 'POST', json: { template: 'Flood', trees: ['Everyone'], kind: 'drill' } }),
      () => rig.ask(`/api/v1/alerts/${alert.id}`),
      () => rig.ask('/api/v1/people'),
    ]) {
      const response = await ask()
      expect([response.status, response.headers.get('retry-after')]).toEqual([status, '5'])
      expect(await response.json()).toMatchObject({ code, detail: expect.stringContaining('sk again') })
    }
  })

  it('an answer that comes meanwhile is brought again by the carrier, and kept', async () => {
    failure = PASSING[0] ?? ''
    let refusals = 0
    const { pause } = rig.deps
    rig.deps.pause = async (ms) => {
      if (ms >= 1_000 && ++refusals === 3) failure = null
      await pause(ms)
    }
    rig.simulator.phones.text('+447700900101', `1 ${alert.code}`)
    await rig.simulator.settle()
    expect(refusals).toBe(3)
    expect((await rig.alert(alert.id)).counts.acknowledged).toBe(1)
  })

  it('tells the log of a bug without what was written', async () => {
    failure = 'D1_ERROR: no such column: nonsense: SQLITE_ERROR'
    const response = await rig.ask('/api/v1/people?q=Amira%20Ward')
    expect(response.status).toBe(500)
    expect(log.join('\n')).toMatch(/ at /)
    expect(log.join('\n')).not.toMatch(/Amira|params|select/i)
  })
})

it('leaves what is wrong with a statement what it is: a bug', () => {
  for (const said of [
    'D1_ERROR: UNIQUE constraint failed: people.id: SQLITE_CONSTRAINT',
    'D1_TYPE_ERROR: Type undefined',
  ])
    expect(describeFailure(new Error(said))).toEqual(new Error(said))
})
