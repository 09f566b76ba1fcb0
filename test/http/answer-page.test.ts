import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
let alertId: string
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople('id,name,mobile\nA,Amira Ward,+447700900101')
  await rig.saveTemplate()
  alertId = (await rig.raise()).id
  await rig.advance(1_000)
})
afterEach(() => rig.close())

const amira = async () => (await rig.recipients(alertId))[0]
const link = async () => `/a/${rig.deps.vault.linkToken((await amira())?.id ?? '')}`
const form = async (body: string, headers: Record<string, string> = {}) =>
  rig.ask(await link(), {
    method: 'POST',
    as: '',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: 'null', ...headers },
  })

describe('the answer page', () => {
  it('takes the form of a browser that hides where it comes from, and refuses that of another site', async () => {
    expect((await form('answer=yes')).status).toBe(200)
    expect((await form('answer=no', { origin: 'https://evil.example.net' })).status).toBe(403)
    expect(await amira()).toMatchObject({ response: 'yes' })
  })

  it('says calmly, as a page, what is wrong with a link or a form', async () => {
    const html = { accept: 'text/html,application/xhtml+xml' }
    const unknown = await rig.ask('/a/nobody', { as: '', headers: html })
    expect(unknown.status).toBe(404)
    expect(unknown.headers.get('content-type')).toContain('text/html')
    expect(await unknown.text()).toContain('This link is not valid')
    for (const body of ['', 'answer=', 'answer=unheard']) {
      const response = await form(body)
      expect(response.status).toBe(422)
      const page = await response.text()
      expect(page).toContain('Please choose one of the answers.')
      expect(page).toContain('<button')
    }
    const machine = await rig.ask('/a/nobody', { as: '' })
    expect(await machine.json()).toMatchObject({ code: 'link.unknown' })
  })
})
