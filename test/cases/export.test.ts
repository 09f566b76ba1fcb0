import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportResult, PersonView } from '../../src/contract/people.ts'
import type { TreeView } from '../../src/contract/trees.ts'
import { readCards } from '../../src/domain/people/read-cards.ts'
import { type Rig, SENDER, startRig } from '../harness/rig.ts'

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

  it('brings a tree with it, in both formats: who reports to whom, and deputies', async () => {
    const file =
      'id,name,mobile,reports to,deputy\nA,Ana,+447700900101,,B\n,Bo,+447700900102,Ana,\nB,Cy,+447700900103,Bo,A'
    await rig.importPeople(file, 'Everyone')
    const shapeOf = async (one: Rig) => {
      const { items } = (await (await one.ask('/api/v1/trees')).json()) as { items: { id: string }[] }
      const { nodes } = (await (await one.ask(`/api/v1/trees/${items[0]?.id}`)).json()) as TreeView
      const nameOf = (id: string | null) => nodes.find((node) => node.person === id)?.name
      return nodes.map((node) => [node.name, nameOf(node.parent), node.deputies.map(nameOf)])
    }
    for (const path of ['/api/v1/people/export.csv', '/api/v1/people/export.vcf?tree=Everyone']) {
      const body = await (await rig.ask(path)).arrayBuffer()
      const other = await startRig()
      try {
        await other.ask('/api/v1/people/imports?mode=apply&tree=Everyone', { method: 'POST', body })
        expect(await shapeOf(other)).toEqual(await shapeOf(rig))
      } finally {
        other.close()
      }
    }
    expect(await shapeOf(rig)).toContainEqual(['Cy', 'Bo', ['Ana']])
    expect((await rig.ask('/api/v1/people/export.csv?tree=Nobody')).status).toBe(404)
  })

  it('is nothing that a spreadsheet would calculate, and reads back without an apostrophe (reported failure 41)', async () => {
    await rig.importPeople(readFileSync(join(import.meta.dirname, '../fixtures/cases/case-41-formula.csv'), 'utf8'))
    const names = async (one: Rig) =>
      (await one.deps.store.people.all()).map(({ name, contactPoints }) => [name, contactPoints[0]?.address])
    const text = await (await rig.ask('/api/v1/people/export.csv')).text()
    const cells = (parse(text, { bom: true }) as string[][]).flat()
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
    expect(cells).toContain("'+447700900161")
    const other = await startRig()
    try {
      await other.importPeople(text)
      expect(await names(other)).toEqual(await names(rig))
      expect((await names(other)).flat().filter((value) => value?.startsWith("'"))).toEqual([])
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

describe('the card of the service itself', () => {
  it('holds every number that alerts may come from, for a phone to let through, and nothing about people', async () => {
    const rig = await startRig(undefined, undefined, {
      carriers: [
        {
          name: 'modem',
          kind: 'sms-gateway',
          channels: ['sms'],
          url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
          username: 'u',
          password: 'p',
          from: 'HARBOUR',
          senderNumbers: ['+447700900999'],
          callbackToken: 'example-callback-token-01',
          allowedSources: [],
        },
      ],
    })
    try {
      await rig.importPeople('name,mobile\nAmira Ward,+447700900101')
      const response = await rig.ask('/api/v1/sender.vcf', { as: '' })
      expect(response.headers.get('content-type')).toContain('text/vcard')
      const text = await response.text()
      const [card] = [...readCards(text.replaceAll('\r\n', '\n'))]
      const of = (name: string) => card?.properties.filter((one) => one.name === name).map(({ value }) => value)
      expect([of('FN'), of('TEL')]).toEqual([['Harbour Watch'], [SENDER, '+447700900999']])
      expect(text).not.toMatch(/Amira|900101|HARBOUR/)
    } finally {
      rig.close()
    }
  })
})
