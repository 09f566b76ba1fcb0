import { afterEach, describe, expect, it } from 'vitest'
import { REPEATS } from '../../src/channels/twilio/callback-url.ts'
import type { AlertView } from '../../src/contract/alerts.ts'
import { createSimulator } from '../../src/simulator/simulator.ts'
import { noteFault } from '../harness/fault-table.ts'
import { ORIGIN, SENDER, TOKEN } from '../harness/rig.ts'
import { limitFiles, mountSmallDisk, type SmallDisk } from './full-disk.ts'
import { ACCOUNT, installService, numberOf, type ServiceProcess, until } from './service-process.ts'
import { type Conduct, countDoubles, startWitness, type Witness } from './witness.ts'

const PEOPLE = 40
const BODY = { template: 'Flood', trees: ['Everyone'], kind: 'drill' }

let disk: SmallDisk | null = null
let witness: Witness
let service: ServiceProcess

afterEach(async () => {
  if (!disk) return
  await service.remove()
  await witness.close()
  disk.remove()
  disk = null
})

const raise = (key: string) => service.ask('/api/v1/alerts', { json: BODY, key })
const alertOf = async (id: string) => (await (await service.ask(`/api/v1/alerts/${id}`)).json()) as AlertView
const answer = (code: string, index: number) =>
  service.callBack('sms', {
    MessageSid: `SM-${code}-${index}`,
    From: numberOf(index),
    To: SENDER,
    Body: `1 ${code}`,
  })

/** Somebody texts, and the carrier brings it as its provider does. @returns what it was answered, in order */
async function bringAnswer(code: string, index: number, onRefusal: () => void): Promise<number[]> {
  const answers: number[] = []
  const smsWebhook = `${ORIGIN}/callbacks/first/sms${REPEATS}`
  const carrier = createSimulator({
    accounts: [{ accountSid: ACCOUNT, authToken: TOKEN, numbers: [SENDER], smsWebhook }],
    async fetch(request) {
      const response = await service.handOn(request)
      answers.push(response.status)
      if (!response.ok) onRefusal()
      return response
    },
    now: Date.now,
    later: (ms, run) => void setTimeout(run, ms).unref(),
  })
  carrier.phones.text(numberOf(index), `1 ${code}`, SENDER)
  await carrier.settle()
  return answers
}

const acknowledged = async (id: string) => (await alertOf(id)).counts.acknowledged

describe('when nothing more can be written', () => {
  it.for([
    ['the disk is full', mountSmallDisk, 507, 'disk.full'],
    ['the quota of the service is used up', limitFiles, 503, 'disk.failing'],
  ] as const)(
    'because %s, it says so and what to do, and goes on by itself when there is room',
    {
      timeout: 240_000,
    },
    async ([what, makeDisk, status, code], { task, skip }) => {
      const made = makeDisk()
      if ('reason' in made) return skip(made.reason)
      disk = made
      witness = await startWitness()
      service = await installService('disk', witness.url, { people: PEOPLE, folder: disk.folder })
      await service.start()
      const first = (await (await raise('first')).json()) as AlertView
      await until(async () => (await alertOf(first.id)).counts.accepted === PEOPLE, 'everybody has the first alert')

      // Half of the second alert is in the carrier's hands when nothing can be written any more.
      const { promise: gate, resolve: open } = Promise.withResolvers<void>()
      witness.conduct = async (): Promise<Conduct> => {
        await gate
        return 'take'
      }
      const before = witness.asked.length
      const second = (await (await raise('second')).json()) as AlertView
      await until(() => witness.asked.length >= before + PEOPLE / 2, 'half of the second alert is handed over')
      disk.fill(service.pid())
      let confirmed = 2
      let refused = await raise('none-0')
      for (; refused.status === 201; confirmed++) refused = await raise(`none-${confirmed - 1}`)
      expect(refused.status).toBe(status)
      expect(await refused.json()).toMatchObject({ code, detail: expect.stringContaining('TOCSIN_DATA') })
      open()
      await until(() => witness.taken.length >= before + PEOPLE / 2, 'the carrier has answered')
      // What can be read is still shown.
      expect((await alertOf(first.id)).counts.accepted).toBe(PEOPLE)
      expect((await service.ask('/healthz')).status).toBe(200)

      // An answer that comes meanwhile is brought again by the carrier, and kept as soon as there is room.
      const free = () => disk?.free(service.pid())
      const brought = await bringAnswer(first.code, 0, free)
      expect(brought).toEqual([status, 200])
      expect(await acknowledged(first.id)).toBe(1)
      const again = (await (await raise(`none-${confirmed - 2}`)).json()) as AlertView
      for (let index = 0; index < PEOPLE; index++) expect((await answer(first.code, index)).status).toBe(200)
      expect(await acknowledged(first.id)).toBe(PEOPLE)
      for (const { id } of [second, again]) {
        await until(async () => (await alertOf(id)).counts.accepted === PEOPLE, 'everybody is counted')
      }
      const { items } = (await (await service.ask('/api/v1/alerts?limit=100')).json()) as { items: AlertView[] }
      expect(items).toHaveLength(confirmed + 1)
      await until(async () => {
        const alerts = await Promise.all(items.map(({ id }) => alertOf(id)))
        return alerts.every(({ counts }) => counts.planned === 0)
      }, 'everybody has every alert')
      await service.kill()
      expect(service.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
      const people = new Set(witness.taken.map(({ to, body }) => `${to} ${/1 (\d{4})/.exec(body)?.[1]}`)).size
      const figures = noteFault(task, {
        fault: `Nothing can be written, because ${what}; then there is room again`,
        rounds: 1,
        messages: (confirmed + 1) * PEOPLE,
        lost: (confirmed + 1) * PEOPLE - people,
        double: countDoubles(witness.taken),
        allowed: PEOPLE,
      })
      expect(figures).toMatchObject({ lost: 0 })
      expect(figures.double).toBeLessThanOrEqual(figures.allowed)
    },
  )
})
