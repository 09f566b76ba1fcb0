import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportLine, ImportResult, PersonView } from '../../src/contract/people.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from '../contracts/databases.ts'
import { type Rig, startRig } from '../harness/rig.ts'

describe.each([
  ['SQLite', openSqlite],
  ['D1', openWorkerd],
] as const)('what a human decides about an import, on %s', { timeout: 60_000 }, (_, open) => {
  let opened: OpenDatabase
  let rig: Rig
  beforeEach(async () => {
    opened = await open()
    rig = await startRig(undefined, undefined, { database: opened.database })
  }, 60_000)
  afterEach(() => opened.close())

  const preview = async (file: string, query = '') =>
    (await (
      await rig.ask(`/api/v1/people/imports?mode=preview${query}`, { method: 'POST', body: file })
    ).json()) as ImportResult
  const apply = (id: string, json: unknown = {}) =>
    rig.ask(`/api/v1/people/imports/${id}/apply`, { method: 'POST', json })
  const everybody = async () =>
    ((await (await rig.ask('/api/v1/people?limit=500')).json()) as { items: PersonView[] }).items
  const KNOWN = 'id,name,mobile\nA,Amira Ward,+447700900101\nB,Ben Holt,+447700900102\nC,Cy Voss,+447700900103'

  it('lets somebody say whose row it is, and asks no more the next time', async () => {
    await rig.importPeople(KNOWN)
    const file = 'name,mobile\nAmira Ward,+447700900109\nBen Holt,+447700900102\nCy Voss,+447700900103'
    const shown = await preview(file)
    const row = shown.rows.find(({ line }) => line === 2)
    expect(row).toMatchObject({ outcome: 'review', code: 'person.same_name' })
    expect(row?.candidates).toEqual([{ id: row?.person, name: 'Amira Ward', about: 'A · +447700900101' }])
    const result = (await (await apply(shown.id, { decisions: [{ line: 2, person: 'A' }] })).json()) as ImportResult
    expect(result).toMatchObject({ applied: true, changed: 1, created: 0, review: 0 })
    expect(await preview(file)).toMatchObject({ unchanged: 3, review: 0, changed: 0, created: 0 })
    expect(await everybody()).toHaveLength(3)
  })

  it('lets somebody say that it is another person of the same name, and asks no more the next time', async () => {
    await rig.importPeople(KNOWN)
    const file = 'name,mobile\nAmira Ward,+447700900109'
    const shown = await preview(file)
    expect((await apply(shown.id, { decisions: [{ line: 2, person: 'new' }] })).status).toBe(200)
    expect((await everybody()).filter(({ name }) => name === 'Amira Ward')).toHaveLength(2)
    expect(await preview(file)).toMatchObject({ unchanged: 1, review: 0, created: 0 })
  })

  it('leaves out what nobody decided, and refuses a decision about nobody', async () => {
    await rig.importPeople(KNOWN)
    const shown = await preview('name,mobile\nAmira Ward,+447700900109')
    for (const decision of [
      { line: 7, person: 'new' },
      { line: 2, person: 'nobody' },
    ]) {
      const refused = await apply(shown.id, { decisions: [decision] })
      expect([refused.status, await refused.json()]).toEqual([
        422,
        expect.objectContaining({ code: 'import.decision' }),
      ])
    }
    expect(await (await apply(shown.id)).json()).toMatchObject({ applied: true, review: 1, changed: 0, created: 0 })
    expect(await everybody()).toHaveLength(3)
  })

  it('takes out those who are missing only by name, with the import or not at all', async () => {
    await rig.importPeople(KNOWN)
    const [, ben, cy] = await everybody()
    const shown = await preview('id,name,mobile\nA,Amira Ward-Li,+447700900101')
    expect(shown).toMatchObject({ missing: 2, changed: 1 })
    const amira = shown.rows.find(({ outcome }) => outcome === 'changed')?.person
    const refused = await apply(shown.id, { remove: [ben?.id, amira] })
    expect([refused.status, await refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'import.not_missing' }),
    ])
    expect((await everybody()).map(({ name }) => name)).toContain('Amira Ward')
    expect(await (await apply(shown.id, { remove: [ben?.id] })).json()).toMatchObject({
      changed: 1,
      removed: 1,
      missing: 1,
    })
    expect((await everybody()).map(({ id, name }) => [id, name])).toEqual([
      [amira, 'Amira Ward-Li'],
      [cy?.id, 'Cy Voss'],
    ])
  })

  it('reads columns as somebody says, in the preview and when it is applied', async () => {
    const file = 'Wer,Draht,Kennwort,Mobile\nAmira Ward,+447700900101,hunter2,+447700900102'
    const refused = await rig.ask('/api/v1/people/imports?mode=preview', { method: 'POST', body: file })
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      {
        code: 'import.no_name_column',
        details: { mapping: [{ header: 'Wer', role: null, samples: ['Amira Ward'] }, {}, {}, {}] },
      },
    ])
    const columns = encodeURIComponent(JSON.stringify({ wer: 'name', '2': 'phone', Mobile: 'ignore' }))
    const shown = await preview(file, `&columns=${columns}`)
    expect(shown.mapping?.map(({ role }) => role)).toEqual(['name', 'phone', null, null])
    expect((await apply(shown.id)).status).toBe(200)
    const [amira] = await everybody()
    expect(amira?.contactPoints.map(({ address }) => address)).toEqual(['+447700900101', '+447700900101'])
  })

  it('applies the numbers that were shown, whatever they would be read as by now', async () => {
    const shown = await preview('name,mobile\nAmira Ward,07700 900101')
    const { settings } = rig.deps
    settings.region = 'US'
    expect(await (await apply(shown.id)).json()).toMatchObject({ applied: true, created: 1 })
    expect((await everybody())[0]?.contactPoints[0]?.address).toBe('+447700900101')
  })

  it('keeps what was read of a file no longer than it can be applied', async () => {
    const kept = async (id: string) => (await Array.fromAsync(rig.deps.store.people.importPieces(id))).length
    const [outdated, applied] = [await preview(KNOWN), await preview(KNOWN)]
    expect([await kept(outdated.id), await kept(applied.id)]).toEqual([1, 1])
    expect((await apply(applied.id)).status).toBe(200)
    expect(await kept(applied.id)).toBe(0)
    const next = await preview(KNOWN)
    expect([await kept(outdated.id), await kept(next.id)]).toEqual([0, 1])
    for (const [{ id }, code] of [
      [outdated, 'import.people_changed'],
      [applied, 'import.already_applied'],
    ] as const) {
      const refused = await apply(id)
      expect([refused.status, await refused.json()]).toMatchObject([409, { code }])
    }
  })

  it('asks for a new preview where an earlier version of the service has kept something else', async () => {
    const { people } = rig.deps.store
    const basis = await people.basis()
    const pending = { id: 'earlier', basis, refused: 'skip', treeName: null, appliedAt: null } as const
    await rig.deps.store.commit([
      ...people.saveImport({ ...pending, createdAt: 0, createdBy: 'host' }),
      people.saveImportPiece('earlier', 0, btoa(KNOWN)),
    ])
    const refused = await apply('earlier')
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'import.people_changed' }])
    expect(await everybody()).toEqual([])
  })
})

describe('columns that somebody corrects', () => {
  let rig: Rig
  beforeEach(async () => {
    rig = await startRig()
  })
  afterEach(() => rig.close())

  it.each([
    ['{"nothing":"mobile"}', 'import.unknown_column'],
    ['{"name":"shoe size"}', 'import.unknown_role'],
    ['["name"]', 'import.columns'],
    ['{', 'import.columns'],
  ])('are refused with a reason where they make no sense: %s', async (columns, code) => {
    const path = `/api/v1/people/imports?columns=${encodeURIComponent(columns)}`
    const response = await rig.ask(path, { method: 'POST', body: 'name,mobile\nAna,+447700900101' })
    expect([response.status, await response.json()]).toMatchObject([422, { code, field: 'columns' }])
  })

  it('come beside the file in a form as well', async () => {
    const body = new FormData()
    body.set('file', new File(['Wer,Draht\nAna,+447700900101'], 'people.csv'))
    body.set('columns', '{"Wer":"name","Draht":"mobile"}')
    const response = await rig.ask('/api/v1/people/imports?mode=apply', { method: 'POST', body })
    expect(await response.json()).toMatchObject({ applied: true, created: 1 })
  })
})

describe('a long import', () => {
  it('tells line by line how far it is, and at last what came of it, a refusal as well', async () => {
    const rig = await startRig()
    try {
      const file = [
        'name,mobile',
        ...Array.from({ length: 700 }, (_, at) => `P${at},+4477009${String(at).padStart(5, '0')}`),
      ]
      const ask = async (path: string, body: string) => {
        const response = await rig.ask(path, { method: 'POST', body, headers: { accept: 'application/x-ndjson' } })
        const lines = (await response.text()).trimEnd().split('\n')
        return lines.map((line) => JSON.parse(line) as ImportLine)
      }
      const lines = await ask('/api/v1/people/imports?mode=apply', file.join('\n'))
      expect(lines[0]).toMatchObject({ progress: { phase: 'reading', done: 100, total: 700 } })
      expect(lines.at(-2)).toMatchObject({ progress: { phase: 'writing', done: 700, total: 700 } })
      expect(lines.at(-1)).toMatchObject({ result: { applied: true, created: 700 } })
      const refused = await ask('/api/v1/people/imports?mode=apply', 'name,mobile\nAna,999')
      expect(refused.at(-1)).toMatchObject({ problem: { status: 422, code: 'import.refused_rows' } })
    } finally {
      rig.close()
    }
  })
})
