import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlertView } from '../../src/contract/alerts.ts'
import { noteFault } from '../harness/fault-table.ts'
import { SENDER } from '../harness/rig.ts'
import { installService, numberOf, type ServiceProcess, until } from './service-process.ts'
import { type Conduct, countDoubles, startWitness, type Witness } from './witness.ts'

const PEOPLE = 30
const BODY = { template: 'Flood', trees: ['Everyone'], kind: 'drill' }

let witness: Witness
let service: ServiceProcess
/** Another program on the machine, such as a copy that is made of the data. */
let other: BetterSqlite.Database

beforeAll(async () => {
  witness = await startWitness()
  service = await installService('locked', witness.url, { people: PEOPLE })
  other = new BetterSqlite(join(service.folder, 'tocsin.db'), { timeout: 30_000 })
  await service.start()
})
afterAll(async () => {
  other.close()
  await service.remove()
  await witness.close()
})

const raise = (key: string) => service.ask('/api/v1/alerts', { json: BODY, key })
const alertOf = async (id: string) => (await (await service.ask(`/api/v1/alerts/${id}`)).json()) as AlertView
const answer = (code: string, index: number) =>
  service.callBack('sms', { MessageSid: `SM-${code}-${index}`, From: numberOf(index), To: SENDER, Body: `1 ${code}` })

describe('while another program holds the database', () => {
  it('an alert waits for it, and is raised once it lets go', async () => {
    other.exec('begin immediate')
    let status = 0
    const raising = raise('patient').then((response) => {
      status = response.status
      return response
    })
    // It is not stuck meanwhile: people look at the board.
    for (let look = 0; look < 10; look++) expect((await service.ask('/api/v1/alerts')).status).toBe(200)
    expect(status).toBe(0)
    other.exec('commit')
    const alert = (await (await raising).json()) as AlertView
    expect(status).toBe(201)
    await until(async () => (await alertOf(alert.id)).counts.accepted === PEOPLE, 'everybody has the alert')
  })

  it('for longer, it says so, carriers are asked to report again, and then nobody is missing', async ({ task }) => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    witness.conduct = async (): Promise<Conduct> => {
      await gate
      return 'take'
    }
    const before = witness.asked.length
    const alert = (await (await raise('interrupted')).json()) as AlertView
    await until(() => witness.asked.length >= before + PEOPLE / 2, 'half of it is handed over')
    other.exec('begin immediate')
    open()
    const [refused, callback] = await Promise.all([raise('impatient'), answer(alert.code, 0)])
    expect([refused.status, callback.status]).toEqual([503, 503])
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await refused.json()).toMatchObject({ code: 'database.busy', detail: expect.stringMatching(/Ask again/) })
    other.exec('commit')

    const again = (await (await raise('impatient')).json()) as AlertView
    for (let index = 0; index < PEOPLE; index++) expect((await answer(alert.code, index)).status).toBe(200)
    expect((await alertOf(alert.id)).counts.acknowledged).toBe(PEOPLE)
    await until(async () => (await alertOf(again.id)).counts.accepted === PEOPLE, 'everybody has the other alert')
    const [first] = service.query('select count(*) as alerts from alerts')
    expect(first).toEqual({ alerts: 3 })
    const texts = new Set(witness.taken.map(({ to, body }) => `${to} ${/1 (\d{4})/.exec(body)?.[1]}`))
    const lost = 3 * PEOPLE - texts.size
    const double = countDoubles(witness.taken)
    noteFault(task, {
      fault: 'Another program holds the database, shorter and longer than is waited for',
      rounds: 2,
      messages: 3 * PEOPLE,
      lost,
      double,
      allowed: PEOPLE,
    })
    expect(lost).toBe(0)
    expect(double).toBeLessThanOrEqual(PEOPLE)
  })
})
