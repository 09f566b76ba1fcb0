import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import { seededRandom } from '../../src/simulator/random.ts'
import { noteFault } from '../harness/fault-table.ts'
import { SENDER } from '../harness/rig.ts'
import { installService, numberOf, type ServiceProcess, until } from './service-process.ts'
import { countDoubles, startWitness, type Witness } from './witness.ts'

const SEED = Number(process.env.FAULT_SEED ?? 20_270_115)
const ROUNDS = 100
const PEOPLE = 12
const ALERTS = 2
const PHASES = ['raise', 'send', 'callback'] as const

/** A callback as the carrier makes it, and again until it is answered. */
interface Callback {
  topic: string
  form: Record<string, string>
  /** Whom it makes answer, by number, in which alert. */
  answers: { code: string; to: string } | null
}

let witness: Witness
let service: ServiceProcess
const random = seededRandom(SEED)
const upTo = (most: number) => Math.floor(random() * (most + 1))

beforeAll(async () => {
  witness = await startWitness()
  witness.onMove = () => moved()
  service = await installService('killed', witness.url, { people: PEOPLE })
})
afterAll(async () => {
  await service.remove()
  await witness.close()
})

const raise = async (key: string): Promise<AlertView> => {
  const response = await service.ask('/api/v1/alerts', {
    key,
    json: { template: 'Flood', trees: ['Everyone'], kind: 'drill' },
  })
  if (response.status !== 201) throw new Error(`raising was answered ${response.status}`)
  return (await response.json()) as AlertView
}
const read = async <Body>(path: string) => (await (await service.ask(path)).json()) as Body

/** Of an alert: who has its message, by number. */
const reached = (code: string) =>
  new Set(witness.taken.flatMap(({ to, body }) => (body.includes(`1 ${code}`) ? [to] : [])))

/** Called with everything that a kill may wait for. */
let moved = () => {}

/** Kills it after so many of what `count` counts, and so many turns of the loop more, wherever it then is. */
async function killAfter(count: () => number, many: number, work: Promise<unknown>): Promise<void> {
  const { promise: enough, resolve } = Promise.withResolvers<void>()
  moved = () => {
    if (count() >= many) resolve()
  }
  moved()
  await Promise.race([enough, work])
  moved = () => {}
  for (let turns = upTo(300); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
  await service.kill()
}

function callbacksOf(codes: readonly string[]): Callback[] {
  const ours = witness.taken.flatMap((seen) => {
    const code = codes.find((one) => seen.body.includes(`1 ${one}`))
    return code === undefined ? [] : [{ ...seen, code }]
  })
  const all = ours.flatMap(({ sid, to, code, attemptId }, index): Callback[] => {
    const status = { MessageSid: sid, To: to, From: SENDER }
    const topic = `status?attempt=${attemptId}`
    const text = { MessageSid: `SM-${code}-${to}`, From: to, To: SENDER, Body: `${1 + (index % 2)} ${code}` }
    return [
      { topic, form: { ...status, MessageStatus: 'sent' }, answers: null },
      { topic, form: { ...status, MessageStatus: 'delivered' }, answers: null },
      { topic: 'sms', form: text, answers: { code, to } },
    ]
  })
  return all
    .map((callback) => ({ callback, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ callback }) => callback)
}

describe('the service is killed at any moment', () => {
  it(`a hundred times, and nobody and no answer is lost (seed ${SEED})`, { timeout: 1_500_000 }, async ({ task }) => {
    process.stdout.write(`killed at random points, seed ${SEED}\n`)
    let lost = 0
    let allowed = 0
    let doubles = 0
    const kills = { raise: 0, send: 0, callback: 0 }
    await service.start()

    for (let round = 0; round < ROUNDS; round++) {
      const phase = PHASES[upTo(PHASES.length - 1)] ?? 'send'
      kills[phase]++
      witness.lookUp = random() < 0.5 ? 'works' : 'fails'
      const keys = Array.from({ length: ALERTS }, (_, index) => `${round}-${index}`)
      const confirmed = new Map<string, string>()
      const before = witness.taken.length + witness.answered()
      const raising = Promise.allSettled(
        keys.map(async (key) => {
          const { id } = await raise(key)
          confirmed.set(key, id)
          moved()
        }),
      )
      const answered = new Set<Callback>()
      let callbacks: Callback[] = []
      if (phase === 'raise') await killAfter(() => confirmed.size, upTo(ALERTS), raising)
      else await raising
      if (phase === 'send') {
        const moves = () => witness.taken.length + witness.answered() - before
        await killAfter(moves, upTo(2 * ALERTS * PEOPLE), new Promise(() => {}))
      }
      if (phase === 'callback') {
        const alerts = await Promise.all([...confirmed.values()].map((id) => read<AlertView>(`/api/v1/alerts/${id}`)))
        const codes = alerts.map(({ code }) => code)
        await until(() => codes.every((code) => reached(code).size === PEOPLE), 'everybody has the message')
        callbacks = callbacksOf(codes)
        const calling = Promise.allSettled(
          callbacks.map(async (callback) => {
            const { status } = await service.callBack(callback.topic, callback.form)
            if (status < 300) answered.add(callback)
            moved()
          }),
        )
        await killAfter(() => answered.size, upTo(callbacks.length), calling)
        await calling
      }
      await raising
      const [inHand] = service.query(`select count(*) as n from attempts where state = 'sending'`)
      allowed += Number(inHand?.n ?? 0)

      await service.start()
      // What was confirmed is there; what was not is asked for once more, as clients and carriers do.
      for (const id of confirmed.values()) {
        const { status } = await service.ask(`/api/v1/alerts/${id}`)
        if (status !== 200) lost++
      }
      const alerts = await Promise.all(keys.map(raise))
      for (const [index, { id }] of alerts.entries()) {
        const before = confirmed.get(keys[index] ?? '')
        if (before !== undefined && before !== id) lost++
      }
      await until(async () => {
        const states = await Promise.all(alerts.map(({ id }) => read<AlertView>(`/api/v1/alerts/${id}`)))
        return states.every(({ counts, audience }) => audience === PEOPLE && counts.planned === 0)
      }, 'everybody counts as reached')
      for (const { code } of alerts) lost += PEOPLE - reached(code).size

      const acknowledged = async (id: string) => {
        const { items } = await read<{ items: RecipientView[] }>(`/api/v1/alerts/${id}/recipients?limit=500`)
        return items.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).map(({ name }) => name)
      }
      const proven = new Map(
        await Promise.all(alerts.map(async ({ id, code }) => [code, new Set(await acknowledged(id))] as const)),
      )
      for (const { answers } of answered) {
        if (!answers) continue
        const index = Array.from({ length: PEOPLE }, (_, one) => numberOf(one)).indexOf(answers.to)
        if (!proven.get(answers.code)?.has(`Person ${index}`)) lost++
      }
      await Promise.all(callbacks.map(({ topic, form }) => service.callBack(topic, form)))
      if (phase === 'callback') {
        for (const { id } of alerts) {
          const { counts } = await read<AlertView>(`/api/v1/alerts/${id}`)
          expect(counts).toMatchObject({ planned: 0, accepted: 0, delivered: 0, heard: 0, acknowledged: PEOPLE })
        }
      }
      const closed = await Promise.all(
        alerts.map(({ id }) => service.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })),
      )
      expect(closed.map(({ status }) => status)).toEqual(alerts.map(() => 200))
      doubles = countDoubles(witness.taken)
      expect({ seed: SEED, round, phase, lost, tooMany: Math.max(0, doubles - allowed) }).toEqual({
        seed: SEED,
        round,
        phase,
        lost: 0,
        tooMany: 0,
      })
    }

    const messages = ROUNDS * ALERTS * PEOPLE * 2
    const different = () => new Set(witness.taken.map(({ attemptId }) => attemptId.split('.')[0])).size
    await until(() => different() === messages, 'everybody has the all-clear')
    await service.kill()
    const rows = service.query(`select purpose, count(*) as n, count(distinct recipient_id) as people from deliveries
      where state in ('accepted', 'delivered', 'sending') group by purpose order by purpose`)
    const each = { n: messages / 2, people: messages / 2 }
    expect(rows).toEqual([
      { purpose: 'alert', ...each },
      { purpose: 'all_clear', ...each },
    ])
    const [answers] = service.query('select count(*) as n, count(distinct recipient_id) as people from answers')
    expect(answers).toEqual({ n: kills.callback * ALERTS * PEOPLE, people: kills.callback * ALERTS * PEOPLE })
    expect(service.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const done = `SIGKILL of the service: ${kills.raise} while raising, ${kills.send} while sending, ${kills.callback} in callbacks`
    noteFault(task, { fault: done, rounds: ROUNDS, messages, lost, double: countDoubles(witness.taken), allowed })
  })
})
