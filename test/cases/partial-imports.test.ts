import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportResult } from '../../src/contract/people.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const HEAD = 'id,name,mobile,reports to,deputy\n'
const ANA = 'A1,Ana Ward,+447700900101,,'
const BO = 'B2,Bo Lind,+447700900102,A1,C3'
const CY = 'C3,Cy Dean,+447700900103,B2,'

describe('a file about some of the people of a call tree', () => {
  let rig: Rig
  beforeEach(async () => {
    rig = await startRig()
    await rig.importPeople(`${HEAD}${ANA}\n${BO}\n${CY}`, 'Harbour')
  })
  afterEach(() => rig.close())

  const apply = async (body: string, query = '') => {
    const path = `/api/v1/people/imports?mode=apply&tree=Harbour${query}`
    const response = await rig.ask(path, { method: 'POST', body })
    expect(response.status).toBe(200)
    return (await response.json()) as ImportResult
  }
  const readTree = async () => {
    const { trees, people } = rig.deps.store
    const found = await trees.find('Harbour')
    const names = new Map((await people.all()).map(({ id, name }) => [id, name]))
    const nodes = found ? await trees.nodes(found.id, found.version) : []
    const nameOf = (id: string) => names.get(id)
    return nodes.map(({ person, parent, deputies }) =>
      [nameOf(person), ...(parent ? ['under', nameOf(parent)] : []), ...deputies.map((id) => `(${nameOf(id)})`)].join(
        ' ',
      ),
    )
  }
  const WHOLE = ['Ana Ward', 'Bo Lind under Ana Ward (Cy Dean)', 'Cy Dean under Bo Lind']

  it.each([
    ['whose number a human must judge', `${HEAD}${ANA}\n${BO}\nC3,Cy Dean,+447700900103 old,B2,`, ''],
    ['in the middle whose number a human must judge', `${HEAD}${ANA}\nB2,Bo Lind,+447700900102 old,A1,C3\n${CY}`, ''],
    ['whose row is refused and skipped', `${HEAD}${ANA}\n${BO}\nC3,Cy Dean,112,B2,`, '&refused=skip'],
    ['who is not in it', `${HEAD}${ANA}\n${BO}`, ''],
    ['whose deputy is not in it', `id,name,mobile,reports to\n${ANA.slice(0, -1)}\nB2,Bo Lind,+447700900102,A1`, ''],
  ])('keeps the place of somebody %s, and says so', async (_, file, query) => {
    const { tree } = await apply(file, query)
    expect(await readTree()).toEqual(WHOLE)
    const said = tree?.problems.find(({ code }) => code === 'tree.kept')?.reason
    expect(said).toContain(file.includes('Bo Lind,+447700900102 old') ? 'Bo Lind' : 'Cy Dean')
  })

  it('keeps everybody where it tells of new people only, or of numbers only', async () => {
    await apply('id,name,mobile\nN4,Nan Voss,+447700900104')
    expect((await readTree()).toSorted()).toEqual(['Ana Ward', 'Nan Voss', ...WHOLE.slice(1)].toSorted())
    await apply('id,name,mobile\nB2,Bo Lind,+447700900109')
    expect((await readTree()).toSorted()).toEqual(['Ana Ward', 'Nan Voss', ...WHOLE.slice(1)].toSorted())
  })

  it('is followed where it gives another place, also where an old one would close a loop', async () => {
    expect((await apply(`${HEAD}${CY.replace('B2', 'A1')}`)).tree?.problems).toMatchObject([{ code: 'tree.kept' }])
    expect(await readTree()).toContain('Cy Dean under Ana Ward')
    const { tree } = await apply(`${HEAD}${ANA.replace(',,', ',B2,')}`)
    expect(tree?.problems.map(({ code }) => code)).toEqual(['tree.kept', 'tree.place_lost'])
    expect((await readTree()).toSorted()).toEqual([
      'Ana Ward under Bo Lind',
      'Bo Lind (Cy Dean)',
      'Cy Dean under Ana Ward',
    ])
  })

  it('takes only their own place from somebody who is taken out with it', async () => {
    const file = `${HEAD}${ANA}`
    const shown = await rig.ask('/api/v1/people/imports?mode=preview&tree=Harbour', { method: 'POST', body: file })
    const { id, rows } = (await shown.json()) as ImportResult
    const bo = rows.find(({ reason }) => reason?.includes('Bo Lind'))?.person
    const applied = await rig.ask(`/api/v1/people/imports/${id}/apply`, { method: 'POST', json: { remove: [bo] } })
    expect(applied.status).toBe(200)
    expect(await readTree()).toEqual(['Ana Ward', 'Cy Dean under Ana Ward'])
  })
})
