import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WaitingRemoval } from '../../../src/contract/people.ts'
import { DAY } from '../../../src/domain/clock.ts'
import { type DirectoryRig, patch, type ScimBody, startDirectory } from './directory-rig.ts'

let rig: DirectoryRig
beforeEach(async () => {
  rig = await startDirectory()
})
afterEach(() => rig.close())

const OFF = patch({ op: 'Replace', path: 'active', value: 'False' })
const ON = patch({ op: 'Replace', path: 'active', value: 'True' })

const present = async () => (await rig.deps.store.people.all()).map(({ name }) => name).sort()
const waiting = async () => {
  const answer = await rig.ask('/api/v1/people/removals?limit=500', { as: rig.administrator })
  return ((await answer.json()) as { items: WaitingRemoval[] }).items
}
const decide = (how: 'confirm' | 'reject', people?: string[]) =>
  rig.ask(`/api/v1/people/removals/${how}`, { method: 'POST', as: rig.administrator, json: people ? { people } : {} })
const acts = async () => (await rig.deps.store.records.auditEntries({ cursor: null, limit: 500 })).items

async function pushMany(count: number): Promise<ScimBody[]> {
  const made: ScimBody[] = []
  for (let i = 0; i < count; i++) {
    const phoneNumbers = [{ type: 'mobile', value: `+4477009001${String(i).padStart(2, '0')}` }]
    made.push(await rig.push(`P${i} Marsh`, { phoneNumbers }))
  }
  return made
}

describe('a directory that takes somebody out', () => {
  it('is heard at once while these are few, and the audit log names its key', async () => {
    const [amira, ben] = [await rig.push('Amira Ward'), await rig.push('Ben Holt')]
    expect((await rig.scim('PATCH', `/Users/${amira.id}`, OFF)).body.active).toBe(false)
    expect((await rig.scim('DELETE', `/Users/${ben.id}`)).status).toBe(204)
    expect(await present()).toEqual([])
    expect(await waiting()).toEqual([])
    const removals = (await acts()).filter(({ act }) => act === 'person.remove')
    expect(removals.map(({ subject }) => subject).sort()).toEqual([amira.id, ben.id].sort())
    expect(removals.every(({ actor }) => actor.startsWith('key:'))).toBe(true)
    expect((await rig.scim('GET', `/Users/${amira.id}`)).body.active).toBe(false)
    expect((await rig.scim('GET', `/Users/${ben.id}`)).status).toBe(404)
    expect((await rig.scim('DELETE', `/Users/${ben.id}`)).status).toBe(404)
  })

  it('gives back the same person, in the same place of the tree, with what they had', async () => {
    await rig.importPeople('id,name,mobile,reports to\nE-1,Amira Ward,+447700900101,\nE-2,Ben Holt,+447700900102,E-1')
    const ben = await rig.push('Ben Holt', { externalId: 'E-2' })
    for (const [out, back] of [
      [() => rig.scim('PATCH', `/Users/${ben.id}`, OFF), () => rig.scim('PATCH', `/Users/${ben.id}`, ON)],
      [() => rig.scim('DELETE', `/Users/${ben.id}`), () => rig.push('Ben Holt', { externalId: 'E-2' })],
    ] as const) {
      await out()
      expect(await present()).toEqual(['Amira Ward'])
      await back()
      const [person] = await rig.deps.store.people.find([ben.id])
      expect(person).toMatchObject({ name: 'Ben Holt', externalId: 'E-2' })
      expect(person?.contactPoints.map(({ address }) => address)).toContain('+447700900102')
      const tree = await rig.deps.store.trees.find('Everyone')
      expect(tree?.people).toBe(2)
    }
  })
})

describe('a user name that is used again', () => {
  const NAME = { userName: 'jsmith@example.org' }
  const addresses = async (id: string) =>
    (await rig.deps.store.people.find([id])).flatMap(({ contactPoints }) => contactPoints.map(({ address }) => address))
  const mobile = (value: string) => ({ phoneNumbers: [{ type: 'mobile', value }] })
  const leave = async (more: Record<string, unknown>) => {
    const john = await rig.push('John Smith', { ...NAME, ...mobile('+447700900150'), ...more })
    const json = { duty: 'fire warden', contactPoints: [] as { kind: string; address: string }[] }
    for (const address of ['+447700900150', '+447700900177']) json.contactPoints.push({ kind: 'sms', address })
    await rig.ask(`/api/v1/people/${john.id}`, { method: 'PATCH', json })
    await rig.scim('DELETE', `/Users/${john.id}`)
    return john.id
  }

  it.each([
    ['another external id', { externalId: 'X1' }, { externalId: 'X2' }],
    ['an external id for the first time', {}, { externalId: 'X2' }],
    ['no external id any more', { externalId: 'X1' }, {}],
  ])('with %s is another person, who gets nothing of the one who left', async (_, was, is) => {
    const john = await leave(was)
    const jane = await rig.push('Jane Smith', { ...NAME, ...mobile('+447700900151'), ...is })
    expect(jane.id).not.toBe(john)
    expect(jane.userName).toBe('jsmith@example.org')
    expect([...new Set(await addresses(jane.id))]).toEqual(['+447700900151'])
    expect((await rig.deps.store.people.find([jane.id]))[0]?.duty).toBeNull()
  })

  it('without any external id brings back nothing that the directory did not bring', async () => {
    const john = await leave({})
    const back = await rig.push('John Smith', { ...NAME, ...mobile('+447700900150') })
    expect(back.id).toBe(john)
    expect(await addresses(john)).not.toContain('+447700900177')
    expect(await addresses(john)).toContain('+447700900150')
  })
})

describe('a directory that empties itself', () => {
  it.each(['DELETE', 'PATCH'])(
    'does no harm by %s: after ten people a human decides, and everybody else is still alerted',
    async (method) => {
      const made = await pushMany(30)
      for (const { id } of made) {
        const answer = await rig.scim(method, `/Users/${id}`, method === 'PATCH' ? OFF : undefined)
        expect(answer.status).toBe(method === 'PATCH' ? 200 : 204)
      }
      const left = await present()
      expect(left).toHaveLength(20)
      const proposed = await waiting()
      expect(proposed).toHaveLength(20)
      expect(proposed[0]).toMatchObject({
        person: { name: expect.stringMatching(/ Marsh$/) },
        reason: 'over_limit',
        how: method === 'PATCH' ? 'deactivated' : 'deleted',
        by: expect.stringMatching(/^key:/),
        at: new Date(rig.clock.now()).toISOString(),
      })
      expect(proposed.map(({ person }) => person.name).sort()).toEqual(left)
    },
  )

  it('does no harm when all of it comes at the same moment', async () => {
    const made = await pushMany(24)
    await Promise.all(made.map(({ id }) => rig.scim('DELETE', `/Users/${id}`)))
    expect(await present()).toHaveLength(14)
    expect(await waiting()).toHaveLength(14)
  })

  it('may take out as many again when a day has gone by', async () => {
    const made = await pushMany(13)
    for (const { id } of made.slice(0, 11)) await rig.scim('DELETE', `/Users/${id}`)
    expect(await waiting()).toHaveLength(1)
    await rig.clock.advance(DAY, async () => {})
    await rig.scim('DELETE', `/Users/${made[11]?.id}`)
    expect(await present()).toHaveLength(2)
    expect(await waiting()).toHaveLength(1)
  })

  it('ends what it proposed when it gives people back', async () => {
    const made = await pushMany(12)
    for (const { id } of made.slice(0, 11)) await rig.scim('PATCH', `/Users/${id}`, OFF)
    await rig.scim('DELETE', `/Users/${made[11]?.id}`)
    expect(await waiting()).toHaveLength(2)
    await rig.scim('PATCH', `/Users/${made[10]?.id}`, ON)
    const again = await rig.push('P11 Marsh')
    expect(again.id).toBe(made[11]?.id)
    expect(await waiting()).toEqual([])
    expect((await decide('confirm')).status).toBe(200)
    expect(await present()).toEqual(['P10 Marsh', 'P11 Marsh'])
  })
})

describe('somebody who is needed right now', () => {
  it('stays in a running alert until a human says otherwise', async () => {
    const amira = await rig.push('Amira Ward', { phoneNumbers: [{ type: 'mobile', value: '+447700900101' }] })
    const nodes = [{ person: amira.id }]
    const tree = await rig.ask('/api/v1/trees', { method: 'POST', json: { name: 'Everyone', nodes } })
    expect(tree.status).toBe(201)
    await rig.saveTemplate()
    const alert = await rig.raise()
    expect((await rig.scim('PATCH', `/Users/${amira.id}`, OFF)).status).toBe(200)
    expect(await present()).toEqual(['Amira Ward'])
    expect(await waiting()).toMatchObject([{ reason: 'in_alert' }])
    await rig.ask(`/api/v1/alerts/${alert.id}/close`, { method: 'POST', json: {} })
    // What it said counts: only a human, or the directory itself, ends it.
    await rig.scim('PATCH', `/Users/${amira.id}`, OFF)
    expect(await waiting()).toHaveLength(1)
    expect((await decide('confirm', [amira.id])).status).toBe(200)
    expect(await present()).toEqual([])
  })

  it('stays when they can sign in here', async () => {
    const amira = await rig.push('Amira Ward')
    await rig.ask('/api/v1/accounts/invitations', {
      method: 'POST',
      as: rig.administrator,
      json: { name: 'Amira Ward', role: 'commander', person: amira.id },
    })
    await rig.scim('DELETE', `/Users/${amira.id}`)
    expect(await present()).toEqual(['Amira Ward'])
    expect(await waiting()).toMatchObject([{ reason: 'has_account', how: 'deleted' }])
  })
})

describe('a human who decides', () => {
  it('takes out or keeps one or all, once, and the audit log says who and that the directory proposed it', async () => {
    const made = await pushMany(15)
    for (const { id } of made) await rig.scim('DELETE', `/Users/${id}`)
    const [first, second] = await waiting()
    if (!first || !second) throw new Error('nothing waits')
    expect(await (await decide('confirm', [first.person.id])).json()).toEqual({ people: 1 })
    expect(await (await decide('reject', [second.person.id])).json()).toEqual({ people: 1 })
    const again = await decide('confirm', [second.person.id])
    expect([again.status, await again.json()]).toMatchObject([404, { code: 'removal.unknown' }])
    expect(await (await decide('confirm')).json()).toEqual({ people: 3 })
    expect(await present()).toEqual([second.person.name])
    expect(await waiting()).toEqual([])
    expect(await (await decide('reject')).json()).toEqual({ people: 0 })
    const mine = (await acts()).filter(({ data }) => data.proposed === 'directory')
    expect(mine.map(({ act }) => act).sort()).toEqual(['person.keep', ...Array(4).fill('person.remove')])
    const keys = new Set((await acts()).filter(({ act }) => act === 'person.propose_removal').map(({ actor }) => actor))
    expect(keys.size).toBe(1)
    expect(mine.some(({ actor }) => keys.has(actor))).toBe(false)
  })

  it('keeps somebody whom the directory then says again and again to be gone', async () => {
    const made = await pushMany(11)
    for (const { id } of made) await rig.scim('PATCH', `/Users/${id}`, OFF)
    const kept = made[10]?.id ?? ''
    await decide('reject')
    await rig.scim('PATCH', `/Users/${kept}`, OFF)
    await rig.scim('DELETE', `/Users/${kept}`)
    expect(await present()).toEqual(['P10 Marsh'])
    expect(await waiting()).toEqual([])
  })

  it('who took somebody out by hand is not overruled by a directory that merely repeats itself', async () => {
    const amira = await rig.push('Amira Ward')
    await rig.ask(`/api/v1/people/${amira.id}`, { method: 'DELETE' })
    const on = await rig.scim('PATCH', `/Users/${amira.id}`, ON)
    expect(on.status).toBe(404)
    expect(await present()).toEqual([])
    const again = await rig.scim('POST', '/Users', { userName: 'amira@example.org', displayName: 'Amira Ward' })
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness'])
    expect(again.body.detail).toContain('by hand')
    expect(await present()).toEqual([])
  })

  it('is an administrator, and no commander or directory', async () => {
    for (const role of ['commander', 'risk_manager', 'directory'] as const) {
      const as = await rig.key(role)
      const refused = await rig.ask('/api/v1/people/removals/confirm', { method: 'POST', as, json: {} })
      expect([role, refused.status]).toEqual([role, 403])
    }
  })
})
