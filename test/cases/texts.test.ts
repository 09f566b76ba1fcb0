import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PreflightResult } from '../../src/contract/alerts.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/cases', name), 'utf8')
const curly: { id: string; text: string; non_gsm: string[]; result: [string, number, number] }[] = JSON.parse(
  fixture('case-12-curly.json'),
)
const AMIRA = '+447700900101'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople(`id,name,mobile\nA,Amira Ward,${AMIRA}`)
})
afterEach(() => rig.close())

const save = (title: string, body: string) =>
  rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['push', 'sms'] }], texts: { en: { title, body } } })
async function preflight(): Promise<PreflightResult> {
  const json = { template: 'Flood', trees: ['Everyone'], kind: 'drill' }
  return (await (await rig.ask('/api/v1/alerts/preflight', { method: 'POST', json })).json()) as PreflightResult
}

describe('letters that make a text dear, before it is sent and as it arrives (reported failure 12)', () => {
  const more = [
    { id: 'a dash in Polish', text: 'Woda – wyjdź z budynku', non_gsm: ['ź'], result: ['UCS-2'] as const },
    { id: 'a euro', text: 'Bring 5 € – don’t wait', non_gsm: [], result: ['GSM-7'] as const },
  ]
  it.each([...curly, ...more])('$id', async ({ text, non_gsm, result }) => {
    await save('Flood', text)
    const [sms] = (await preflight()).sms
    expect(sms?.encoding).toBe(result[0])
    // What a plain sign replaces costs nothing; a letter that no swap saves is named.
    const letters = non_gsm.filter((sign) => /\p{L}/u.test(sign))
    expect(letters.every((letter) => sms?.costly.includes(letter))).toBe(true)
    await rig.raise()
    await rig.advance(2 * SECOND)
    const arrived = rig.simulator.phones.get(AMIRA).texts[0]?.text ?? ''
    expect(/[–’“”…]/.test(arrived)).toBe(result[0] === 'UCS-2' && /[–’“”…]/.test(text))
    for (const letter of text.match(/[éèàùêź]/g) ?? []) expect(arrived).toContain(letter)
  })
})

describe('an alert that is too long for its channel (reported failure 14)', () => {
  const { body } = JSON.parse(fixture('case-14-push-payload.json')) as { body: string }
  it.each([
    ['the reported text', fixture('case-14-long-sms.txt')],
    ['the reported push', body],
    ['nothing but fire', '🔥'.repeat(900)],
    ['one word without an end', 'x'.repeat(1_700)],
  ])('reaches phone and browser with code and link, in whole letters, and was said to be cut: %s', async (_, long) => {
    await save('Flood at dock 3', long)
    const [amira] = await rig.deps.store.people.all()
    const subscription = await rig.simulator.phones.subscribe(AMIRA)
    await rig.deps.store.commit([
      rig.deps.store.people.saveContactPoint(amira?.id ?? '', {
        ...{ id: rig.deps.newId(), kind: 'push', extension: null, label: 'Phone', position: 0, status: 'verified' },
        ...{ address: JSON.stringify(subscription), marks: [], lastProofAt: null },
      }),
    ])
    const { sms } = await preflight()
    const { id, code } = await rig.raise()
    await rig.advance(2 * SECOND)
    const phone = rig.simulator.phones.get(AMIRA)
    const text = phone.texts[0]?.text ?? ''
    expect(text.length).toBeLessThanOrEqual(1_600)
    expect(text.isWellFormed()).toBe(true)
    expect(text).toContain(`1 ${code}`)
    expect(text).toMatch(/https:\S+\/a\/\S+/)
    expect(sms[0]?.cut).toBe(!text.includes(long))
    const [notification] = phone.notifications
    expect(notification?.title).toContain('Flood at dock 3')
    expect(notification?.url).toMatch(/\/a\//)
    expect(notification?.body.isWellFormed()).toBe(true)
    expect((await rig.alert(id)).counts.accepted + (await rig.alert(id)).counts.delivered).toBeGreaterThan(0)
  })
})
