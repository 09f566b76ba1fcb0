import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportResult, PersonView } from '../../src/contract/people.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const PEOPLE = [
  'id,name,mobile,phone,email,language,time zone,groups,duty',
  'A,"Ward, Amira ""Amy""",+447700900101 ::: +447700900102,+442079460018 ext. 12,amira@example.org,fr,Europe/Paris,Fire ::: Night shift,warden',
  "B,'t Hooft,+447700900103,,ben@example.org ::: b@example.org,nl,,,",
  "C,'=SUM(A1),+447700900104,,,en,,,",
  ',Chloé Ünal,,+442079460019,,de,,Dock; 3,',
].join('\r\n')

describe('our own export (reported failure 01)', () => {
  let rig: Rig
  beforeEach(async () => {
    rig = await startRig()
  })
  afterEach(() => rig.close())

  const people = async () =>
    ((await (await rig.ask('/api/v1/people?limit=500')).json()) as { items: PersonView[] }).items
  const bare = (list: PersonView[]) =>
    list.map(({ id: _, version: __, contactPoints, ...person }) => ({
      ...person,
      contactPoints: contactPoints.map(({ kind, address, extension }) => ({ kind, address, extension })),
    }))

  it('imports back into an empty service with no loss, byte-order mark and all', async () => {
    expect((await rig.importPeople(PEOPLE)).status).toBe(200)
    const before = await people()
    const response = await rig.ask('/api/v1/people/export.csv')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const other = await startRig()
    try {
      const result = await other.ask('/api/v1/people/imports?mode=apply', { method: 'POST', body: bytes })
      expect(await result.json()).toMatchObject({ created: 4, refused: 0, review: 0 })
      const again = (await (await other.ask('/api/v1/people?limit=500')).json()) as { items: PersonView[] }
      expect(bare(again.items)).toEqual(bare(before))
    } finally {
      other.close()
    }
  })

  it('changes nothing where it came from', async () => {
    const contacts = readFileSync(join(import.meta.dirname, '../fixtures/cases/case-43-250-contacts.csv'), 'utf8')
    await rig.importPeople(contacts)
    const body = await (await rig.ask('/api/v1/people/export.csv')).arrayBuffer()
    const result = await rig.ask('/api/v1/people/imports?mode=preview', { method: 'POST', body })
    expect((await result.json()) as ImportResult).toMatchObject({ unchanged: 250, changed: 0, created: 0, missing: 0 })
  })

  it('is for those who keep the contact list, and is written down', async () => {
    expect((await rig.ask('/api/v1/people/export.csv', { as: await rig.key('risk_manager') })).status).toBe(403)
    await rig.ask('/api/v1/people/export.csv')
    const written = { sql: 'select act from audit_entries where act = ?', params: ['people.export'] }
    expect((await rig.deps.store.commit([written]))[0]).toHaveLength(1)
  })
})
