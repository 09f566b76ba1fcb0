import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { ImportResult } from '../../src/contract/people.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { type Rig, startRig } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const ANA = 'A1,Ana Ward,+447700900101,'
const FILE = `id,name,mobile,reports to\n${ANA}\nB2,Bo Lind,+447700900102,A1`

describe.each([
  ['SQLite', openSqlite],
  ['D1', openWorkerd],
] as const)('taking somebody out while an alert is running, on %s', { timeout: 180_000 }, (_, open) => {
  let opened: OpenDatabase
  let rig: Rig
  let bo: string
  let alert: AlertView
  beforeEach(async () => {
    opened = await open()
    rig = await startRig(undefined, undefined, { database: opened.database })
    await rig.importPeople(FILE)
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['sms'] },
        { after: 'PT15S', channels: ['voice'] },
      ],
    })
    alert = await rig.raise()
    await rig.advance(5 * SECOND)
    bo = (await rig.deps.store.people.all()).find(({ name }) => name === 'Bo Lind')?.id ?? ''
  }, 60_000)
  afterEach(() => opened.close())

  const previewWithoutBo = async () => {
    const path = '/api/v1/people/imports?mode=preview'
    const shown = await rig.ask(path, { method: 'POST', body: `id,name,mobile\n${ANA.slice(0, -1)}` })
    return ((await shown.json()) as ImportResult).id
  }
  const apply = (id: string, json: unknown) => rig.ask(`/api/v1/people/imports/${id}/apply`, { method: 'POST', json })
  const texts = async () => {
    const answer = await rig.ask(`/api/v1/alerts/${alert.id}/timeline`)
    return ((await answer.json()) as { items: { text: string }[] }).items.map(({ text }) => text)
  }
  const standing = async () => (await rig.recipients(alert.id)).map(({ name, unreachable }) => [name, unreachable])

  it('is refused to an import that does not say that it may, with the names', async () => {
    const id = await previewWithoutBo()
    const refused = await apply(id, { remove: [bo] })
    expect(refused.status).toBe(409)
    const problem = (await refused.json()) as { code: string; detail: string }
    expect(problem.code).toBe('person.in_alert')
    expect(problem.detail).toContain('Bo Lind')
    expect(await rig.deps.store.people.all()).toHaveLength(2)
    expect((await apply(id, { remove: [bo], despiteAlerts: true })).status).toBe(200)
    expect(await rig.deps.store.people.all()).toHaveLength(1)
    expect(await standing()).toContainEqual(['Bo Lind', 'taken out of the people meanwhile'])
  })

  it('needs no word where the alert has ended', async () => {
    await rig.ask(`/api/v1/alerts/${alert.id}/close`, { method: 'POST', json: {} })
    expect((await apply(await previewWithoutBo(), { remove: [bo] })).status).toBe(200)
    expect((await texts()).join()).not.toContain('taken out')
  })

  it('shows at once on the board, in the timeline, and stops that plan only', async () => {
    expect((await rig.ask(`/api/v1/people/${bo}`, { method: 'DELETE' })).status).toBe(204)
    expect(await standing()).toContainEqual(['Bo Lind', 'taken out of the people meanwhile'])
    expect(await standing()).toContainEqual(['Ana Ward', undefined])
    expect((await texts()).at(-1)).toMatch(/^Bo Lind was taken out of the people by .+ and is contacted no more$/)
    expect(await (await rig.ask(`/api/v1/alerts/${alert.id}`)).json()).toMatchObject({ unreachable: 1 })
    await rig.advance(15 * SECOND)
    const channels = (await rig.recipients(alert.id)).map(({ name, deliveries }) => [
      name,
      ...deliveries.map(({ channel }) => channel),
    ])
    expect(channels).toContainEqual(['Ana Ward', 'sms', 'voice'])
    expect(channels).toContainEqual(['Bo Lind', 'sms'])
  })

  it('leaves the answer of somebody who has answered, and says so in the timeline', async () => {
    rig.simulator.phones.text('+447700900102', '1')
    await rig.advance(5 * SECOND)
    await rig.ask(`/api/v1/people/${bo}`, { method: 'DELETE' })
    expect(await standing()).toContainEqual(['Bo Lind', undefined])
    expect((await texts()).at(-1)).toContain('Bo Lind was taken out')
    expect(await (await rig.ask(`/api/v1/alerts/${alert.id}`)).json()).toMatchObject({ counts: { acknowledged: 1 } })
  })
})
