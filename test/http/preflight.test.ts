import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PreflightResult } from '../../src/contract/alerts.ts'
import type { PersonView } from '../../src/contract/people.ts'
import { type Readiness, readiness } from '../../src/contract/readiness.ts'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const PEOPLE = 'id,name,mobile,language,reports to\nA,Amira Ward,+447700900101,en,\nB,Ben Holt,+447700900102,fr,A'

async function preflight(): Promise<PreflightResult> {
  const json = { template: 'Flood', trees: ['Everyone'], kind: 'drill' }
  return (await (await rig.ask('/api/v1/alerts/preflight', { method: 'POST', json })).json()) as PreflightResult
}

describe('before an alert goes out', () => {
  it('does not count a phone whose owner has told the sender to stop, and shows the mark on the person', async () => {
    await rig.importPeople(PEOPLE)
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    const { people } = rig.deps.store
    await rig.deps.store.commit([people.optOut('+447700900102', 'first/sms', rig.clock.now())])
    const { byChannel, unreached, withoutContactPoint, warnings } = await preflight()
    expect({ byChannel, unreached }).toEqual({ byChannel: { sms: 1 }, unreached: 1 })
    expect(withoutContactPoint.map(({ name }) => name)).toEqual(['Ben Holt'])
    expect(warnings).toContain('Opted out of sms: 1 of the contact points.')

    const listed = (await (await rig.ask('/api/v1/people')).json()) as { items: PersonView[] }
    const marks = listed.items.map(({ name, contactPoints }) => [
      name,
      contactPoints.filter((point) => point.marks.includes('opted_out')).map(({ kind }) => kind),
    ])
    expect(marks).toEqual([
      ['Amira Ward', []],
      ['Ben Holt', ['sms']],
    ])
  })

  it('still counts the phone for calls when its owner wants no more texts', async () => {
    await rig.importPeople(PEOPLE)
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms', 'voice'] }] })
    const before = await preflight()
    const { people } = rig.deps.store
    await rig.deps.store.commit([people.optOut('+447700900102', 'first/sms', rig.clock.now())])
    const { byChannel } = await preflight()
    expect(byChannel).toEqual({ sms: 1, voice: before.byChannel.voice })
  })

  it('measures the text message in every language in which it will leave', async () => {
    await rig.importPeople(PEOPLE)
    await rig.saveTemplate({
      plan: [{ after: 'PT0S', channels: ['sms'] }],
      texts: {
        en: { title: 'Flood', body: 'Leave the quay. '.repeat(120).trim() },
        fr: { title: 'Inondation', body: 'Quittez le quai, fenêtres fermées.' },
      },
    })
    const { sms, warnings } = await preflight()
    expect(sms.map(({ language, encoding, cut }) => ({ language, encoding, cut }))).toEqual([
      { language: 'en', encoding: 'GSM-7', cut: true },
      { language: 'fr', encoding: 'UCS-2', cut: false },
    ])
    expect(sms[1]?.costly).toContain('ê')
    expect(warnings.join('\n')).toMatch(/"en" is too long: part of it is left out\.\n.*\n?.*"fr" takes \d parts.*ê/)
  })
})

describe('whether an alert could be raised', () => {
  const look = async (as: string) =>
    readiness.parse(await (await rig.ask('/api/v1/readiness', { as })).json()) satisfies Readiness

  it('is denied as long as people, tree or template are missing, and said to a key that may only raise', async () => {
    const key = await rig.key('administrator')
    expect(await look(key)).toMatchObject({ ok: false, missing: ['people', 'tree', 'template'] })
    await rig.importPeople(PEOPLE)
    await rig.saveTemplate()
    expect(await look(key)).toMatchObject({ ok: true, missing: [], warnings: [] })
    const json = { name: 'sensor', role: 'commander', mayRaise: ['Flood'] }
    const made = await rig.ask('/api/v1/keys', { method: 'POST', as: key, json })
    expect((await look(((await made.json()) as { secret: string }).secret)).ok).toBe(true)
  })

  it('is denied where nobody may raise, and doubted where nobody who may could come in', async () => {
    await rig.importPeople(PEOPLE)
    await rig.saveTemplate()
    const key = await rig.key('administrator')
    const { access } = rig.deps.store
    const commanders = (await access.keys()).filter(({ role }) => role === 'commander')
    await rig.deps.store.commit(commanders.map(({ id }) => access.revokeKey(id, rig.clock.now())))
    expect(await look(key)).toMatchObject({ ok: false, missing: ['commander'] })
    const account = { id: rig.deps.newId(), name: 'Amira Ward', role: 'commander', personId: null } as const
    await rig.deps.store.commit([access.saveAccount(account, rig.clock.now())])
    expect(await look(key)).toMatchObject({ ok: true, missing: [], warnings: ['commander_signed_out'] })
    const json = { name: 'Ben Holt', role: 'commander' }
    await rig.ask('/api/v1/accounts/invitations', { method: 'POST', as: key, json })
    expect(await look(key)).toMatchObject({ ok: true, warnings: [] })
  })
})
