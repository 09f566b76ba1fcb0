import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removePerson, updatePerson } from '../../src/application/people/save-person.ts'
import type { PersonView } from '../../src/contract/people.ts'
import type { TemplateView } from '../../src/contract/templates.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

const HOST: Actor = { kind: 'host' }
const AMIRA = {
  externalId: 'A1',
  name: 'Amira Ward',
  language: 'fr',
  timeZone: 'Europe/Paris',
  groups: ['Wardens'],
  duty: 'medic',
  contactPoints: [
    { kind: 'sms', address: '+447700900101', label: 'Mobile' },
    { kind: 'voice', address: '+447700900101', label: 'Mobile' },
    { kind: 'email', address: 'amira@example.org', label: 'Mail' },
  ],
}

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

async function add(): Promise<PersonView> {
  const response = await rig.ask('/api/v1/people', { method: 'POST', json: AMIRA })
  expect(response.status).toBe(201)
  return (await response.json()) as PersonView
}

const patch = (id: string, json: unknown, match?: string) =>
  rig.ask(`/api/v1/people/${id}`, { method: 'PATCH', json, ...(match ? { headers: { 'if-match': match } } : {}) })

/** Without the alerts that they are in, which only looking at somebody tells. */
const look = async (id: string) => {
  const { inAlerts: _, ...person } = (await (await rig.ask(`/api/v1/people/${id}`)).json()) as PersonView & {
    inAlerts: unknown
  }
  return person
}

const acts = async () =>
  (await rig.deps.store.records.auditEntries({ cursor: null, limit: 100 })).items.map(({ act }) => act)

describe('a change to one person', () => {
  it.each([
    ['externalId', 'A2'],
    ['name', 'Amira Khan'],
    ['language', 'de'],
    ['timeZone', 'Europe/Berlin'],
    ['groups', ['Divers']],
    ['duty', 'diver'],
  ])('of %s leaves everything else of that person as it was', async (field, value) => {
    const before = await add()
    const response = await patch(before.id, { [field]: value })
    expect(response.status).toBe(200)
    expect(await look(before.id)).toEqual({ ...before, version: 2, [field]: value })
  })

  it('of the contact points leaves the rest, keeps what stays with its proof, and follows the order given', async () => {
    const before = await add()
    const contactPoints = [
      { kind: 'voice', address: '+447700900102' },
      { kind: 'voice', address: '+447700900101' },
    ]
    expect((await patch(before.id, { contactPoints })).status).toBe(200)
    const after = await look(before.id)
    expect({ ...after, contactPoints: [] }).toEqual({ ...before, version: 2, contactPoints: [] })
    expect(after.contactPoints.map(({ address, label }) => [address, label])).toEqual([
      ['+447700900102', ''],
      ['+447700900101', 'Mobile'],
    ])
    expect(after.contactPoints[1]?.id).toBe(before.contactPoints[1]?.id)
  })

  it('changes the label or the extension of a number that is already there', async () => {
    const before = await add()
    const points = (address: string, label: string) => ({ contactPoints: [{ kind: 'voice', address, label }] })
    await patch(before.id, points('+447700900101', 'Night'))
    expect((await look(before.id)).contactPoints).toMatchObject([{ address: '+447700900101', label: 'Night' }])
    await patch(before.id, points('+447700900101 ext 22', 'Night'))
    expect((await look(before.id)).contactPoints).toMatchObject([{ address: '+447700900101', extension: '22' }])
  })

  it('keeps one contact point of an address that is given twice', async () => {
    const before = await add()
    const twice = { kind: 'sms', address: '07700 900103' }
    await patch(before.id, { contactPoints: [twice, { ...twice, address: '+447700900103' }] })
    expect((await look(before.id)).contactPoints).toHaveLength(1)
  })

  it('does not bring back a device that the push service has given up meanwhile', async () => {
    const { id } = await add()
    const device = {
      id: rig.deps.newId(),
      kind: 'push' as const,
      address: JSON.stringify({ endpoint: 'https://push.example.org/1', keys: {} }),
      extension: null,
      label: 'Phone',
      position: 0,
      status: 'verified' as const,
      marks: [],
      lastProofAt: null,
    }
    const { people } = rig.deps.store
    await rig.deps.store.commit([people.saveContactPoint(id, device)])
    const [known] = await people.find([id])
    if (!known) throw new Error('nobody there')
    await rig.deps.store.commit([people.markGone([device.id])])
    await rig.deps.store.commit(people.change([{ ...known, version: 2, duty: 'diver' }], rig.clock.now(), 'host'))
    expect((await look(id)).contactPoints.map(({ kind }) => kind)).not.toContain('push')
  })
})

describe('two keepers who change one person at once', () => {
  it('leave the winner’s numbers only, and one entry in the record', async () => {
    const { id } = await add()
    const numbers = ['+447700900104', '+447700900105']
    const answers = await Promise.all(
      numbers.map((address) => patch(id, { contactPoints: [{ kind: 'sms', address }] }, '"1"')),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const winner = numbers[answers.findIndex(({ status }) => status === 200)]
    const after = await look(id)
    expect([after.version, after.contactPoints.map(({ address }) => address)]).toEqual([2, [winner]])
    expect((await acts()).filter((act) => act === 'person.update')).toHaveLength(1)
  })

  it('do not take out a person whom the other has just changed, nor record that they did', async () => {
    const { id } = await add()
    const outcomes = await Promise.allSettled([
      updatePerson(rig.deps, HOST, id, 1, { duty: 'diver' }),
      removePerson(rig.deps, HOST, id, 1),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await look(id)).toMatchObject({ duty: 'diver' })
    expect(await acts()).not.toContain('person.remove')
  })

  it('save one template, not two entries in the record', async () => {
    await rig.saveTemplate()
    const { items } = await rig.deps.store.templates.list({ cursor: null, limit: 1 })
    const save = () =>
      rig.ask(`/api/v1/templates/${items[0]?.id}`, {
        method: 'PATCH',
        json: TEMPLATE,
        headers: { 'if-match': '"1"' },
      })
    const answers = await Promise.all([save(), save()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    expect((await acts()).filter((act) => act === 'template.save')).toHaveLength(2)
  })

  it('save one tree: nobody of the loser’s longer list slips into the winner’s', async () => {
    await rig.importPeople('id,name,mobile\nA,Ana,+447700900151\nB,Bo,+447700900152\nC,Cy,+447700900153', 'Three')
    const { items } = await rig.deps.store.trees.list({ cursor: null, limit: 5 })
    const path = `/api/v1/trees/${items[0]?.id}`
    const save = (...people: string[]) =>
      rig.ask(path, {
        method: 'PATCH',
        headers: { 'if-match': '"1"' },
        json: { name: 'Three', nodes: people.map((person) => ({ person })) },
      })
    const answers = await Promise.all([save('A'), save('B', 'C')])
    expect(answers.map(({ status }) => status)).toEqual([200, 412])
    expect(((await (await rig.ask(path)).json()) as { nodes: unknown[] }).nodes).toHaveLength(1)
    expect((await acts()).filter((act) => act === 'tree.save')).toHaveLength(1)
  })
})

describe('the version that a keeper has seen', () => {
  it.each(['abc', '"abc"', '1.5', '"1", "2"', '"-1"', '""', '"99999999999999999999"'])(
    'is refused when it is no version (%s), and nothing is overwritten',
    async (match) => {
      const { id } = await add()
      const response = await patch(id, { duty: 'diver' }, match)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'if_match.malformed', field: 'If-Match' })
      expect(await look(id)).toMatchObject({ version: 1, duty: 'medic' })
    },
  )

  it.each(['"1"', '1', 'W/"1"', '*'])('may be written %s', async (match) => {
    const { id } = await add()
    expect((await patch(id, { duty: 'diver' }, match)).status).toBe(200)
  })
})

describe('a change to a template', () => {
  it('that does not name the severity, the strategy or the lifetime leaves them as they were', async () => {
    await rig.saveTemplate()
    const { items } = await rig.deps.store.templates.list({ cursor: null, limit: 1 })
    const { name, plan, texts, responses } = TEMPLATE
    const path = `/api/v1/templates/${items[0]?.id}`
    const response = await rig.ask(path, { method: 'PATCH', json: { name, plan, texts, responses } })
    expect((await response.json()) as TemplateView).toMatchObject({
      version: 2,
      severity: TEMPLATE.severity,
      strategy: TEMPLATE.strategy,
      lifetime: TEMPLATE.lifetime,
    })
    const renamed = await rig.ask(path, { method: 'PATCH', json: { name: 'High water' } })
    expect(await renamed.json()).toMatchObject({ ...TEMPLATE, version: 3, name: 'High water' })
  })
})

describe('an import while people change', () => {
  it('run twice at the same time makes everybody once', async () => {
    const file = 'name,mobile\nAna,+447700900151\nBo,+447700900152'
    const answers = await Promise.all([rig.importPeople(file), rig.importPeople(file)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await rig.deps.store.people.all()).toHaveLength(2)
    const trees = await rig.deps.store.trees.list({ cursor: null, limit: 5 })
    expect(trees.items).toHaveLength(1)
  })

  it('looks again when a keeper has changed a person between the reading and the writing', async () => {
    await rig.importPeople('id,name,mobile,duty\nA,Ana,+447700900151,medic')
    const [ana] = await rig.deps.store.people.all()
    const { store } = rig.deps
    let interrupted = false
    const commit: typeof store.commit = async (statements) => {
      if (!interrupted) {
        interrupted = true
        await updatePerson(rig.deps, HOST, ana?.id ?? '', null, { groups: ['Divers'] })
      }
      return store.commit(statements)
    }
    const { importPeople } = await import('../../src/application/people/import-people.ts')
    const file = new TextEncoder().encode('id,name,mobile,duty\nA,Ana,+447700900151,lead')
    const request = { file, mode: 'apply', refused: 'reject_all', tree: null } as const
    const result = await importPeople({ ...rig.deps, store: { ...store, commit } }, HOST, request, null)
    expect(result.changed).toBe(1)
    expect(await look(ana?.id ?? '')).toMatchObject({ version: 3, duty: 'lead', groups: ['Divers'] })
  })
})
