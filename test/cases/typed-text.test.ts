import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonView } from '../../src/contract/people.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const post = (path: string, json: unknown) => rig.ask(`/api/v1/${path}`, { method: 'POST', json })
const titled = (title: string) => ({ ...TEMPLATE, texts: { en: { title, body: 'Leave the quay.' } } })

describe('text that somebody types', () => {
  it.each([
    ['Ami\u0000ra Ward', 'Amira Ward'],
    ['Amira\u0007 Ward', 'Amira Ward'],
    ['Amira \ud800Ward', 'Amira Ward'],
    ['\u202eAmira Ward\u202c', 'Amira Ward'],
    ['\u2067Amira Ward\u2069', 'Amira Ward'],
    ['Amira\nWard', 'Amira Ward'],
    ['  Amira   Ward ', 'Amira Ward'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
  ])('as a name (%j) is kept as it can be shown everywhere', async (typed, kept) => {
    const json = { name: typed, groups: [typed], duty: typed, contactPoints: [] }
    const response = await post('people', json)
    expect(response.status).toBe(201)
    expect((await response.json()) as PersonView).toMatchObject({ name: kept, groups: [kept], duty: kept })
  })

  it.each(['', '   ', '\u200b', '\u202e\u202c', '\u0000', '\u00ad', '\u200d', '\u3164', '\u2800', '\ud800'])(
    'of which nothing can be seen (%j) is refused as a name and as a title',
    async (typed) => {
      const person = await post('people', { name: typed })
      expect([person.status, await person.json()]).toMatchObject([422, { field: 'name' }])
      const template = await post('templates', titled(typed))
      expect([template.status, await template.json()]).toMatchObject([422, { field: 'texts.en.title' }])
    },
  )

  it('as a message keeps its lines and loses what breaks a display', async () => {
    const texts = { en: { title: 'Flood\u202e', body: 'Leave\u0000 the quay.\r\nMeet\u2066 at the gate.\ud800' } }
    const label = { en: 'Ye\u0008s' }
    const [first, second] = TEMPLATE.responses
    const response = await post('templates', { ...TEMPLATE, texts, responses: [{ ...first, label }, second] })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({
      texts: { en: { title: 'Flood', body: 'Leave the quay.\nMeet at the gate.' } },
      responses: [{ label: { en: 'Yes' } }, {}],
    })
  })

  it('longer than a text can be is refused also in a file, on its row', async () => {
    const file = `name,phone\n${'Ana '.repeat(60)},+447700900101`
    const response = await rig.ask('/api/v1/people/imports?mode=preview', { method: 'POST', body: file })
    expect(await response.json()).toMatchObject({ refused: 1, rows: [{ field: 'name', code: 'row.too_long' }] })
  })
})
