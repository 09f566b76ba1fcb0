import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportResult, PersonView } from '../../src/contract/people.ts'
import { mayBeDialled } from '../../src/domain/people/may-be-dialled.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from '../contracts/databases.ts'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const preview = async (file: string) =>
  (await (await rig.ask('/api/v1/people/imports?mode=preview', { method: 'POST', body: file })).json()) as ImportResult

describe('a number that somebody else has already', () => {
  it('is taken, and its other owner is named in the preview', async () => {
    await rig.importPeople('id,name,mobile\nA,Amira Ward,+447700900101\nB,Ben Holt,+447700900102')
    const shown = await preview(
      'id,name,mobile,phone\nA,Amira Ward,+447700900101,+447700900102\nB,Ben Holt,+447700900102,',
    )
    expect(shown.rows[0]).toMatchObject({ outcome: 'changed', code: 'contact.shared' })
    const other = await preview('id,name,phone\nA,Amira Ward,+447700900102')
    expect(other.rows[0]).toMatchObject({ outcome: 'changed', code: 'contact.shared', field: 'phone' })
    expect(other.rows[0]?.reason).toContain('Ben Holt')
  })

  it.each([
    ['SQLite', openSqlite],
    ['D1', openWorkerd],
  ] as const)(
    'is marked where people are listed, but not where the extension differs, on %s',
    { timeout: 60_000 },
    async (_, open) => {
      const opened: OpenDatabase = await open()
      try {
        const one = await startRig(undefined, undefined, { database: opened.database })
        await one.importPeople(
          'name,phone\nAmira Ward,+442079460018 ext. 1\nBen Holt,+442079460018 ext. 2\nCy Voss,+442079460019\nDi Lane,+442079460019',
        )
        const { items } = (await (await one.ask('/api/v1/people?limit=500')).json()) as { items: PersonView[] }
        const shared = items.filter(({ contactPoints }) => contactPoints.some(({ marks }) => marks.includes('shared')))
        expect(shared.map(({ name }) => name)).toEqual(['Cy Voss', 'Di Lane'])
      } finally {
        await opened.close()
      }
    },
  )
})

describe('a number that must never be dialled', () => {
  it.each(['+49116117', '+44112', '+1911', '999', '+4', '+44 7700 900101'])(
    'is stopped at the last look: %s',
    (number) => {
      expect(mayBeDialled(number)).toBe(false)
    },
  )

  it.each(['+447700900101', '+33639981234', '+12025550142', '+4571123456'])(
    'is none of those that people have: %s',
    (number) => {
      expect(mayBeDialled(number)).toBe(true)
    },
  )

  it('reaches no carrier even when it is in the database', async () => {
    await rig.importPeople('name,mobile\nAmira Ward,+447700900101')
    const [amira] = await rig.deps.store.people.all()
    if (!amira) throw new Error('nobody was imported')
    for (const point of amira.contactPoints) {
      await rig.deps.store.commit([
        rig.deps.store.people.saveContactPoint(amira.id, { ...point, address: '+49116117' }),
      ])
    }
    await rig.saveTemplate()
    await rig.raise()
    await rig.advance(5 * 60_000)
    expect(rig.simulator.messages()).toEqual([])
    expect(rig.simulator.calls()).toEqual([])
  })

  it('is no text to somebody behind an extension, who is called instead', async () => {
    const response = await rig.ask('/api/v1/people', {
      method: 'POST',
      json: { name: 'Rae', contactPoints: [{ kind: 'sms', address: '+1 202 555 0142 x136' }] },
    })
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'phone.text_to_extension' }])
  })
})
