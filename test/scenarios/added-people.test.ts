import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAlert } from '../../src/application/alerts/close-alert.ts'
import { updateAlert } from '../../src/application/alerts/update-alert.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { Report } from '../../src/contract/reports.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type CallTree, startCallTree } from '../harness/call-tree.ts'
import { createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const HOST = { kind: 'host' } as const
const AMIRA = '+447700900101'
const BEN = '+447700900102'
const CARLA = '+447700900103'

let rig: Rig
let carrier: FakeCarrier
let deps: Deps

beforeEach(async () => {
  rig = await startRig()
  carrier = createFakeCarrier('first', ['sms', 'voice'])
  deps = withCarriers(rig.deps, carrier)
  await rig.importPeople(`id,name,mobile\nB,Ben Okoro,${BEN}\nC,Carla Voss,${CARLA}`, 'Night shift')
  await rig.importPeople(`id,name,mobile\nA,Amira Khan,${AMIRA}\nB,Ben Okoro,${BEN}`)
  await rig.saveTemplate({
    plan: [
      { after: 'PT0S', channels: ['sms'] },
      { after: 'PT3M', channels: ['voice'] },
    ],
  })
})
afterEach(() => rig.close())

const pass = async (ms: number) => {
  await rig.clock.advance(ms, async () => {})
  await dispatchDue(deps)
}
const raise = async () => {
  const { id } = await rig.raise()
  await dispatchDue(deps)
  return id
}
const add = (id: string, json: unknown, headers: Record<string, string> = {}) =>
  rig.ask(`/api/v1/alerts/${id}/recipients`, { method: 'POST', json, headers })
const personOf = async (name: string) => (await deps.store.people.all()).find((one) => one.name === name)?.id ?? ''
const since = (count: number) => carrier.sent.slice(count).map(({ channel, address }) => `${channel} ${address}`)

describe('people who are added to a running alert', () => {
  it('get its plan from the beginning, and nobody is contacted twice', async () => {
    const id = await raise()
    await pass(2 * MINUTE)
    expect((await add(id, { trees: ['Night shift'] })).status).toBe(201)
    await pass(0)
    expect(since(2)).toEqual([`sms ${CARLA}`])
    await pass(MINUTE)
    expect(since(3).sort()).toEqual([`voice ${AMIRA}`, `voice ${BEN}`])
    await pass(2 * MINUTE)
    expect(since(5)).toEqual([`voice ${CARLA}`])
  })

  it('hear the newest text first, not one that has been overtaken', async () => {
    const id = await raise()
    await updateAlert(deps, HOST, id, { audience: 'all', text: { body: 'Meet at the pier.' } }, null)
    await dispatchDue(deps)
    await add(id, { people: [await personOf('Carla Voss')] })
    await pass(0)
    expect(carrier.sent.at(-1)).toMatchObject({ purpose: 'alert', address: CARLA, body: 'Meet at the pier.' })
  })

  it('are counted apart, so that the frozen audience stays the denominator', async () => {
    const id = await raise()
    const view = (await (await add(id, { trees: ['Night shift'] })).json()) as AlertView
    expect(view).toMatchObject({ audience: 2, added: { people: 1, counts: { planned: 1 } } })
    await pass(0)
    const carla = (await rig.recipients(id)).find(({ name }) => name === 'Carla Voss')
    expect(carla?.addedAt).toBeDefined()
    await rig.ask(`/api/v1/alerts/${id}/recipients/${carla?.id}/acknowledge`, {
      method: 'POST',
      json: { response: 'no' },
    })
    expect(await rig.alert(id)).toMatchObject({
      audience: 2,
      counts: { acknowledged: 0, accepted: 2 },
      responses: { no: 0 },
      added: { people: 1, counts: { acknowledged: 1, planned: 0 }, responses: { no: 1 } },
    })
    const report = (await (await rig.ask(`/api/v1/reports/${id}.json`)).json()) as Report
    expect(report).toMatchObject({ audience: 2, counts: { acknowledged: 0 }, added: { people: 1 } })
  })

  it('are there once, however often and in however many ways they are added', async () => {
    const id = await raise()
    const key = { 'idempotency-key': 'add-1' }
    const body = { trees: ['Night shift'], people: [await personOf('Carla Voss')] }
    await Promise.all([add(id, body, key), add(id, body, key), add(id, body)])
    await pass(0)
    expect(since(2)).toEqual([`sms ${CARLA}`])
    expect((await rig.alert(id)).added.people).toBe(1)
    const { items } = (await (await rig.ask(`/api/v1/alerts/${id}/timeline`)).json()) as { items: { kind: string }[] }
    expect(items.filter(({ kind }) => kind === 'added')).toHaveLength(1)
  })

  it('before the frozen audience is seated stay part of it, where they are', async () => {
    const lines = Array.from({ length: 700 }, (_, n) => `R${n},Row ${n},+4477009${String(10_000 + n)}`)
    await rig.importPeople(`id,name,mobile\n${lines.join('\n')}`, 'Large')
    const { id } = await rig.raise({ trees: ['Large'] })
    await add(id, { trees: ['Large', 'Night shift'] })
    await dispatchDue(deps)
    expect(await rig.alert(id)).toMatchObject({ audience: 700, counts: { accepted: 700 }, added: { people: 2 } })
  })

  it('are told its end as everybody else is', async () => {
    const id = await raise()
    await add(id, { trees: ['Night shift'] })
    await pass(0)
    await closeAlert(deps, HOST, id)
    await pass(0)
    expect(since(3).sort()).toEqual([`sms ${AMIRA}`, `sms ${BEN}`, `sms ${CARLA}`])
  })

  it('may be commanders who were only told that it ends soon', async () => {
    const account = { id: deps.newId(), personId: await personOf('Carla Voss'), name: 'Carla Voss' }
    await deps.store.commit([deps.store.access.saveAccount({ ...account, role: 'commander' }, rig.clock.now())])
    const id = await raise()
    await pass(3 * HOUR + 45 * MINUTE)
    expect(carrier.sent.filter(({ purpose }) => purpose === 'ending').map(({ address }) => address)).toEqual([CARLA])
    await add(id, { trees: ['Night shift'] })
    await pass(0)
    expect(carrier.sent.at(-1)).toMatchObject({ purpose: 'alert', address: CARLA })
    expect((await rig.alert(id)).added).toMatchObject({ people: 1, counts: { accepted: 1 } })
  })

  it('cannot be strangers, nor join what is over', async () => {
    const id = await raise()
    expect((await add(id, {})).status).toBe(422)
    expect(await (await add(id, { trees: ['Nowhere'] })).json()).toMatchObject({ field: 'trees.0' })
    const stranger = '01976b1e-0000-7000-8000-000000000001'
    expect(await (await add(id, { people: [stranger] })).json()).toMatchObject({ code: 'person.unknown' })
    await closeAlert(deps, HOST, id)
    expect((await add(id, { trees: ['Night shift'] })).status).toBe(409)
  })
})

describe('people who are added to an alert that goes from one to the next', () => {
  const CASCADE = { strategy: 'cascade', hold: 'PT5M' } as const
  const QUORUM = { strategy: 'quorum', hold: 'PT5M', quorum: { need: 1, perDuty: {}, wave: 1 } } as const
  let tree: CallTree
  beforeEach(async () => {
    tree = await startCallTree()
  })
  afterEach(() => tree.rig.close())
  const addTo = async (id: string, ...names: string[]) => {
    const people = await Promise.all(names.map(tree.personOf))
    return tree.rig.ask(`/api/v1/alerts/${id}/recipients`, { method: 'POST', json: { people } })
  }

  it('are contacted at once although their turn has not come, stay in the frozen audience, and it is said by whom', async () => {
    const id = await tree.raise([['Ada'], ['Ben', 'Ada'], ['Cem', 'Ben']], CASCADE)
    const both = await Promise.all([addTo(id, 'Ben'), addTo(id, 'Ben', 'Ada')])
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    await tree.pass(SECOND)
    expect(tree.sent()).toEqual(['Ada:alert', 'Ben:alert'])
    const view = await tree.rig.alert(id)
    expect(view).toMatchObject({ audience: 3, waiting: 1, counts: { accepted: 2 }, added: { people: 0 } })
    const ben = await tree.rowOf(id, 'Ben')
    expect(ben?.reason).toBe('Ben is contacted because somebody who runs the alert asked for it.')
    expect(ben?.addedAt).toBeUndefined()
    const added = (await tree.timeline(id)).filter((text) => text.includes('added'))
    expect(added).toEqual(['1 person added by key "commander"'])
    await tree.pass(5 * MINUTE)
    expect(tree.sent(2)).toEqual(['Cem:alert'])
  })

  it('are contacted at once also before they have a seat', async () => {
    const lines = Array.from({ length: 600 }, (_, n) => `R${n},Row ${n},+4477009${10_000 + n},${n === 0 ? '' : 'R0'}`)
    await tree.rig.importPeople(`id,name,mobile,reports to\n${lines.join('\n')}`)
    await tree.rig.saveTemplate({ ...CASCADE, plan: [{ after: 'PT0S', channels: ['sms'] }] })
    const { id } = await tree.rig.raise()
    expect((await addTo(id, 'Row 599')).status).toBe(201)
    await tree.pass(SECOND)
    expect(tree.carrier.sent.map(({ address }) => address).sort()).toEqual(['+447700910000', '+447700910599'])
    expect(await tree.rig.alert(id)).toMatchObject({ audience: 600, waiting: 598, added: { people: 0 } })
  })

  it('hear of it although the quorum is filled, and then that they are not needed', async () => {
    await tree.importPlaces([['Gil']], 'More')
    const id = await tree.raise([['Ada'], ['Ben'], ['Cem']], QUORUM)
    await tree.answer(id, 'Ada', 'yes')
    await tree.pass(SECOND)
    await addTo(id, 'Gil', 'Ben')
    await tree.pass(5 * SECOND)
    for (const name of ['Gil', 'Ben']) {
      expect(tree.sent(1).filter((one) => one.startsWith(name))).toEqual([`${name}:alert`, `${name}:not_needed`])
    }
    expect(await tree.rig.alert(id)).toMatchObject({ audience: 3, waiting: 1, added: { people: 1 } })
  })

  it('are counted upon while the quorum is open, and called off when it is filled by others', async () => {
    await tree.importPlaces([['Gil']], 'More')
    const id = await tree.raise([['Ada'], ['Ben']], QUORUM)
    await addTo(id, 'Gil')
    await tree.answer(id, 'Ada', 'no')
    await tree.pass(SECOND)
    expect(tree.sent()).toEqual(['Ada:alert', 'Gil:alert'])
    await tree.answer(id, 'Ada', 'yes')
    await tree.pass(SECOND)
    expect(tree.sent(2)).toEqual(['Gil:not_needed'])
  })
})

describe('a number that is added while the alert runs', () => {
  const edit = async (name: string, contactPoints: object[]) => {
    const person = (await deps.store.people.all()).find((one) => one.name === name)
    const response = await rig.ask(`/api/v1/people/${person?.id}`, {
      method: 'PATCH',
      json: { contactPoints },
      as: await rig.key('administrator'),
      headers: { 'if-match': `"${person?.version}"` },
    })
    expect(response.status).toBe(200)
  }

  it('is tried at once for whom nothing could reach', async () => {
    carrier.answer = ({ address, attemptId }) =>
      address === AMIRA
        ? { outcome: 'refused', code: 'c', reason: 'not in service', blame: 'address' }
        : { outcome: 'accepted', providerId: attemptId }
    const id = await raise()
    await pass(3 * MINUTE)
    const before = carrier.sent.length
    await edit('Amira Khan', [
      { kind: 'sms', address: AMIRA },
      { kind: 'sms', address: '+447700900111' },
    ])
    await pass(0)
    expect(since(before)).toContain('sms +447700900111')
    expect((await rig.recipients(id)).find(({ name }) => name === 'Amira Khan')?.unreachable).toBeUndefined()
  })

  it('is also tried for whoever was added later', async () => {
    const id = await raise()
    await add(id, { trees: ['Night shift'] })
    carrier.answer = () => ({ outcome: 'refused', code: 'c', reason: 'not in service', blame: 'address' })
    await pass(0)
    carrier.answer = ({ attemptId }) => ({ outcome: 'accepted', providerId: attemptId })
    await edit('Carla Voss', [{ kind: 'sms', address: '+447700900113' }])
    await pass(0)
    expect(carrier.sent.at(-1)?.address).toBe('+447700900113')
    expect((await rig.alert(id)).added.counts.accepted).toBe(1)
  })
})
