import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonVersionView, RecordedChange, TreeVersionView } from '../../src/contract/history.ts'
import type { PersonDetail, PersonView } from '../../src/contract/people.ts'
import type { TreeComparison, TreeView } from '../../src/contract/trees.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import { type Rig, startRig } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const CSV = `id,name,mobile,email,groups,reports to,deputy
A1,Ana Ward,+447700900101,ana@example.org,Wardens,,B2
B2,Bo Lind,+447700900102,,Wardens,A1,
C3,Cy Moss,+447700900103,,Divers,A1,
`

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('what people and trees were, on %s', (_name, open) => {
  let opened: OpenDatabase
  let rig: Rig

  beforeEach(async () => {
    opened = await open()
    rig = await startRig(':memory:', makeSecret(), { database: opened.database })
    expect((await rig.importPeople(CSV, 'Harbour')).status).toBe(200)
  }, 60_000)
  afterEach(async () => {
    rig.close()
    await opened.close()
  })

  const ask = async <Body>(path: string, method = 'GET', json?: unknown) => {
    const response = await rig.ask(path, json === undefined ? { method } : { method, json })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return (response.status === 204 ? null : await response.json()) as Body
  }
  const people = async () => (await ask<{ items: PersonView[] }>('/api/v1/people')).items
  const find = async (name: string) => {
    const found = (await people()).find((person) => person.name.startsWith(name))
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  const tree = () => ask<TreeView>('/api/v1/trees/Harbour')
  const later = async () => {
    const before = new Date(rig.clock.now()).toISOString()
    await rig.clock.advance(MINUTE, async () => {})
    return before
  }
  const plain = (found: PersonView[]) =>
    found.map(({ version: _, contactPoints, ...person }) => ({
      ...person,
      contactPoints: contactPoints.map(({ id: __, lastProof: ___, ...point }) => point),
    }))

  it('a person is shown with the running alerts they are in, and without those that are over', async () => {
    await rig.saveTemplate()
    const ana = await find('Ana')
    const inAlerts = async (id: string) => (await ask<PersonDetail>(`/api/v1/people/${id}`)).inAlerts
    expect(await inAlerts(ana.id)).toEqual([])
    const { id, title } = await rig.raise({ trees: ['Harbour'], kind: 'drill' })
    await rig.advance(0)
    expect(await inAlerts(ana.id)).toEqual([{ id, kind: 'drill', title }])
    const outside = await ask<PersonView>('/api/v1/people', 'POST', { name: 'Dee Vale' })
    expect(await inAlerts(outside.id)).toEqual([])
    await ask(`/api/v1/alerts/${id}/close`, 'POST', {})
    expect(await inAlerts(ana.id)).toEqual([])
  })

  it('every change of a person is kept with who made it, and an earlier state comes back with its contact points', async () => {
    const ana = await find('Ana')
    const points = [{ kind: 'sms', address: '+447700900109' }]
    await later()
    await ask(`/api/v1/people/${ana.id}`, 'PATCH', { name: 'Ana Khan', contactPoints: points })
    const { items } = await ask<{ items: PersonVersionView[] }>(`/api/v1/people/${ana.id}/history`)
    expect(items.map(({ version, by, removed, person }) => [version, by, removed, person.name])).toEqual([
      [2, 'key "commander"', false, 'Ana Khan'],
      [1, 'key "commander"', false, 'Ana Ward'],
    ])
    const addresses = (view: PersonView) => view.contactPoints.map(({ kind, address }) => `${kind} ${address}`)
    expect(addresses(items[1]?.person as PersonView)).toEqual(addresses(ana))
    const back = await ask<PersonView>(`/api/v1/people/${ana.id}/restore`, 'POST', { version: 1 })
    expect(back.version).toBe(3)
    expect(plain([await find('Ana')])).toEqual(plain([ana]))
  })

  it('somebody who was taken out comes back whole, and the time without them stays in the record', async () => {
    const bo = await find('Bo')
    await ask(`/api/v1/people/${bo.id}`, 'DELETE')
    await ask(`/api/v1/people/${bo.id}/restore`, 'POST', { version: 1 })
    expect(plain([await find('Bo')])).toEqual(plain([bo]))
    const { items } = await ask<{ items: PersonVersionView[] }>(`/api/v1/people/${bo.id}/history`)
    expect(items.map(({ version, removed }) => [version, removed])).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ])
  })

  it('refuses to bring back what never was, or over what somebody else changed meanwhile', async () => {
    const bo = await find('Bo')
    const restore = (version: number, seen: string) =>
      rig.ask(`/api/v1/people/${bo.id}/restore`, { method: 'POST', json: { version }, headers: { 'if-match': seen } })
    expect((await restore(9, '"1"')).status).toBe(404)
    await ask(`/api/v1/people/${bo.id}`, 'PATCH', { duty: 'diver' })
    expect((await restore(1, '"1"')).status).toBe(412)
    expect((await find('Bo')).duty).toBe('diver')
  })

  it('an external id that somebody else has by now is not taken from them', async () => {
    const bo = await find('Bo')
    await ask(`/api/v1/people/${bo.id}`, 'PATCH', { externalId: 'B9' })
    await ask('/api/v1/people', 'POST', { name: 'New Hand', externalId: 'B2' })
    const response = await rig.ask(`/api/v1/people/${bo.id}/restore`, { method: 'POST', json: { version: 1 } })
    expect(await response.json()).toMatchObject({ status: 409, code: 'person.external_id_taken' })
    expect(await find('Bo')).toMatchObject({ version: 2, externalId: 'B9' })
  })

  it('versions of a tree are listed, compared by name, shown, and brought back', async () => {
    const [ana, bo, cy] = await Promise.all([find('Ana'), find('Bo'), find('Cy')])
    const first = await tree()
    await ask('/api/v1/trees/Harbour/edits', 'POST', {
      edits: [
        { act: 'move', person: cy.id, parent: bo.id },
        { act: 'add_deputy', person: bo.id, deputy: cy.id },
        { act: 'set_deputies', person: ana.id, deputies: [] },
      ],
    })
    const changes = await ask<TreeComparison>('/api/v1/trees/Harbour/changes?from=1')
    expect(changes).toMatchObject({
      from: 1,
      to: 2,
      joined: [],
      left: [],
      moved: [{ name: 'Cy Moss', from: { name: 'Ana Ward' }, to: { name: 'Bo Lind' } }],
      deputies: [
        { name: 'Ana Ward', from: [{ name: 'Bo Lind' }], to: [] },
        { name: 'Bo Lind', from: [], to: [{ name: 'Cy Moss' }] },
      ],
    })
    await ask('/api/v1/trees/Harbour/restore', 'POST', { version: 1 })
    expect((await tree()).nodes).toEqual(first.nodes)
    expect((await ask<TreeView>('/api/v1/trees/Harbour?version=2')).nodes).not.toEqual(first.nodes)
    const { items } = await ask<{ items: TreeVersionView[] }>('/api/v1/trees/Harbour/history')
    expect(items.map(({ version, by }) => [version, by])).toEqual([
      [3, 'key "commander"'],
      [2, 'key "commander"'],
      [1, 'key "commander"'],
    ])
  })

  it('says what changed in a tree since its last drill', async () => {
    const response = await rig.ask('/api/v1/trees/Harbour/changes?from=last_drill')
    expect(await response.json()).toMatchObject({ status: 404, code: 'tree.never_drilled' })
    await rig.saveTemplate()
    await rig.raise({ trees: ['Harbour'], kind: 'drill' })
    const cy = await find('Cy')
    await ask('/api/v1/trees/Harbour/edits', 'POST', { edits: [{ act: 'remove', person: cy.id }] })
    expect(await ask('/api/v1/trees/Harbour/changes?from=last_drill')).toMatchObject({
      from: 1,
      left: [{ name: 'Cy Moss', parent: { name: 'Ana Ward' } }],
    })
  })

  it('of two who edit one tree at once the second is told, and nothing of theirs is half saved', async () => {
    const [bo, cy] = await Promise.all([find('Bo'), find('Cy')])
    const edit = (person: string, parent: string) =>
      rig.ask('/api/v1/trees/Harbour/edits', {
        method: 'POST',
        json: { edits: [{ act: 'move', person, parent }] },
        headers: { 'if-match': '"1"' },
      })
    const answers = await Promise.all([edit(bo.id, cy.id), edit(cy.id, bo.id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    expect((await tree()).version).toBe(2)
  })

  it('a tree and a template that are taken out leave their names free, and stay in what was', async () => {
    await ask('/api/v1/trees/Harbour', 'DELETE')
    expect((await rig.ask('/api/v1/trees/Harbour')).status).toBe(404)
    expect((await rig.importPeople(CSV, 'Harbour')).status).toBe(200)
    expect((await tree()).version).toBe(1)
    await rig.saveTemplate()
    await ask('/api/v1/templates/Flood', 'DELETE')
    await rig.saveTemplate()
    expect((await ask<{ items: unknown[] }>('/api/v1/templates')).items).toHaveLength(1)
  })

  it('all people and trees return to a time, whatever was done since, and the return can be undone', async () => {
    const [bo, cy] = await Promise.all([find('Bo'), find('Cy')])
    const before = { people: plain(await people()), nodes: (await tree()).nodes }
    const then = await later()
    await ask(`/api/v1/people/${bo.id}`, 'PATCH', { name: 'Zo Lind', contactPoints: [] })
    await ask(`/api/v1/people/${cy.id}`, 'DELETE')
    await ask('/api/v1/people', 'POST', { name: 'New Hand', externalId: 'C3' })
    await ask('/api/v1/trees/Harbour/edits', 'POST', { edits: [{ act: 'remove', person: bo.id }] })
    const since = async (time: string) =>
      (await ask<{ items: RecordedChange[] }>(`/api/v1/history?since=${time}`)).items
        .map(({ change, name, fields }) => `${change} ${name} ${fields.join(' ')}`.trim())
        .sort()
    expect(await since(then)).toEqual([
      'added New Hand',
      'changed Harbour',
      'changed Zo Lind name contactPoints',
      'removed Cy Moss',
    ])
    const attacked = await later()
    const result = await ask('/api/v1/history/return', 'POST', { to: then })
    expect(result).toMatchObject({
      people: { changed: 1, broughtBack: 1, removed: 1 },
      trees: { changed: 1, broughtBack: 0, removed: 0 },
    })
    expect(plain(await people())).toEqual(before.people)
    expect((await tree()).nodes).toEqual(before.nodes)
    expect(await since(then)).toEqual([])
    await later()
    await ask('/api/v1/history/return', 'POST', { to: attacked })
    expect((await people()).map(({ name }) => name)).toEqual(['Ana Ward', 'New Hand', 'Zo Lind'])
  })

  it('a return to the future is refused', async () => {
    const to = new Date(rig.clock.now() + MINUTE).toISOString()
    const response = await rig.ask('/api/v1/history/return', { method: 'POST', json: { to } })
    expect(await response.json()).toMatchObject({ status: 422, code: 'history.future', field: 'to' })
  })
})
