import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAlert } from '../../src/application/alerts/close-alert.ts'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { showAlert } from '../../src/application/alerts/show-alerts.ts'
import { findCallers } from '../../src/application/answers/find-callers.ts'
import { recordAnswer } from '../../src/application/answers/record-answer.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import type { Carrier, OutgoingMessage, SendResult } from '../../src/application/ports/carrier.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { rowsOf } from '../../src/store/database.ts'
import { TEMPLATE } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const HOST: Actor = { kind: 'host' }
const CONTACTS = readFileSync(join(import.meta.dirname, '../fixtures/cases/case-43-250-contacts.csv'))

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('the store on %s', (_name, open) => {
  let opened: OpenDatabase
  let deps: Deps
  let now: number
  let sent: OutgoingMessage[]
  let answer: (message: OutgoingMessage) => SendResult

  beforeEach(async () => {
    opened = await open()
    now = Date.UTC(2027, 0, 15, 3)
    sent = []
    answer = (message) => ({ outcome: 'accepted', providerId: `SM${message.attemptId}` })
    const carrier: Carrier = {
      name: 'first',
      channels: ['sms', 'voice'],
      perSecond: () => null,
      async send(message) {
        sent.push(message)
        return answer(message)
      },
    }
    const keyring = readKeyring(makeSecret())
    if (!keyring) throw new Error('no keyring')
    const settings = {
      organisation: 'Harbour Watch',
      publicUrl: 'https://alerts.example.org',
      region: 'GB',
      language: 'en',
    }
    const composed = composeDeps({
      instance: 'test',
      database: opened.database,
      keyring,
      settings: { ...settings, demo: false },
      carriers: [],
      fetch,
      clock: () => now,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      nudge: () => {},
    })
    deps = { ...composed, carriers: [carrier] }
    await importPeople(deps, HOST, { file: CONTACTS, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
    await saveTemplate(deps, HOST, TEMPLATE, null, null)
  }, 60_000)
  afterEach(() => opened.close())

  const raise = () => raiseAlert(deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
  const recipients = async (id: string) => (await deps.store.alerts.recipients(id, { cursor: null, limit: 500 })).items

  it('imports two hundred and fifty people and keeps no address in the clear', async () => {
    expect(await deps.store.people.all()).toHaveLength(250)
    const rows = await rowsOf(opened.database, sql`select * from contact_points`)
    expect(rows.length).toBeGreaterThan(250)
    expect(JSON.stringify(rows)).not.toMatch(/7700900|example\.org/)
  })

  it('finds who is behind a number that is only stored sealed, and nobody behind a strange one', async () => {
    await raise()
    const [person] = await deps.store.people.all()
    const number = person?.contactPoints.find((point) => point.kind === 'sms')?.address ?? ''
    const { open } = await findCallers(deps, number)
    expect(open.map(({ recipient }) => recipient.personId)).toEqual([person?.id])
    expect(await findCallers(deps, '+447700900999')).toEqual({ open: [], ended: [] })
  })

  it('writes nothing of a change to somebody who has changed meanwhile, and of a stale import nothing at all', async () => {
    const { people } = deps.store
    const [first] = await people.all()
    if (!first) throw new Error('nobody there')
    const basis = await people.basis()
    const change = (label: string) =>
      deps.store.commit(
        people.change(
          [
            {
              ...first,
              version: 2,
              duty: label,
              contactPoints: first.contactPoints.map((point) => ({ ...point, label })),
            },
          ],
          now,
          'host',
        ),
      )
    expect((await change('first')).at(-1)).toHaveLength(1)
    expect((await change('second')).at(-1)).toHaveLength(0)
    const [after] = await people.find([first.id])
    expect(after).toMatchObject({ version: 2, duty: 'first' })
    expect(new Set(after?.contactPoints.map(({ label }) => label))).toEqual(new Set(['first']))
    const stranger = { ...first, id: deps.newId(), externalId: null, version: 1, contactPoints: [] }
    await expect(
      deps.store.commit([people.requireBasis(basis), ...people.add([stranger], now, 'host')]),
    ).rejects.toThrow()
    expect(await people.find([stranger.id])).toEqual([])
    await deps.store.commit([people.requireBasis(await people.basis()), ...people.add([stranger], now, 'host')])
    expect(await people.find([stranger.id])).toHaveLength(1)
  })

  it('carries out all statements of a commit, or none', async () => {
    const setting = deps.store.records.setSetting('a', '1')
    const broken = { sql: 'insert into settings (name, value) values (?, ?)', params: ['b', null] }
    await expect(deps.store.commit([setting, broken])).rejects.toThrow()
    expect(await deps.store.records.setting('a')).toBeNull()
  })

  it('counts, and finds open alerts by the codes that a mail may name', async () => {
    await deps.store.commit([deps.store.records.count('mails.ignored')])
    await deps.store.commit([deps.store.records.count('mails.ignored'), deps.store.records.count('mails.ignored')])
    expect(await deps.store.records.setting('mails.ignored')).toBe('3')
    const { id, code } = await raise()
    expect((await deps.store.alerts.openByCodes(['0000', code])).map((alert) => alert.id)).toEqual([id])
    expect(await deps.store.alerts.openByCodes([])).toEqual([])
    await closeAlert(deps, HOST, id)
    expect(await deps.store.alerts.openByCodes([code])).toEqual([])
  })

  it('gives everybody the next word of their own once per alert, whatever happens at the same time', async () => {
    const alerts = await Promise.all([raise(), raise()])
    await dispatchDue(deps)
    await dispatchDue(deps)
    const [first] = await deps.store.people.all()
    expect(new Set(sent.map(({ word }) => word?.number))).toEqual(new Set([1, 2]))
    for (const { id } of alerts) {
      const given = (await recipients(id)).map(({ personId, word }) => `${personId} ${word?.series} ${word?.number}`)
      expect(new Set(given).size).toBe(250)
    }
    const both = (await Promise.all(alerts.map(({ id }) => recipients(id)))).flat()
    const ofFirst = both.filter(({ personId }) => personId === first?.id).map(({ word }) => word?.number)
    expect(ofFirst.toSorted()).toEqual([1, 2])
    expect(await deps.store.people.words(first?.id ?? '')).toEqual({ series: 1, used: 2 })
    const renew = () => deps.store.commit([deps.store.people.renewWords(first?.id ?? '', 1)])
    expect([(await renew())[0]?.length, (await renew())[0]?.length]).toEqual([1, 0])
    expect(await deps.store.people.words(first?.id ?? '')).toEqual({ series: 2, used: 2 })
    expect(await deps.store.people.words('nobody')).toBeNull()
  })

  it('sends to everybody once, counts everybody once, and tells everybody that it is over', async () => {
    const { id } = await raise()
    await dispatchDue(deps)
    expect(new Set(sent.map((message) => message.address)).size).toBe(250)
    expect(sent).toHaveLength(250)
    const view = await showAlert(deps, id)
    expect(view.counts).toEqual({ planned: 0, accepted: 250, delivered: 0, heard: 0, acknowledged: 0 })
    await closeAlert(deps, HOST, id)
    await closeAlert(deps, HOST, id)
    await dispatchDue(deps)
    expect(sent.filter((message) => message.purpose === 'all_clear')).toHaveLength(250)
  })

  it('writes what came of a whole alert in a few commits where results are gathered', async () => {
    let commits = 0
    let started = 0
    const { store } = deps
    const commit: typeof store.commit = (statements) => {
      commits++
      return store.commit(statements)
    }
    // The gathering outlasts the sending: what is left is written when a claim is done.
    const pause = (ms: number) =>
      ms === 500 ? new Promise<void>(() => {}) : new Promise<void>((resolve) => setImmediate(resolve))
    // Answers come in one after the other, as over a few connections.
    const carriers = deps.carriers.map((carrier) => ({
      ...carrier,
      async send(message: OutgoingMessage) {
        for (let turn = started++ * 4; turn > 0; turn--) await Promise.resolve()
        return carrier.send(message)
      },
    }))
    deps = { ...deps, carriers, store: { ...store, commit }, gatherResults: 500, pause }
    const { id } = await raise()
    await dispatchDue(deps)
    expect((await showAlert(deps, id)).counts.accepted).toBe(250)
    expect(commits).toBeLessThan(20)
  })

  it('counts an act that is recorded twice as one answer, and a late one as none', async () => {
    const { id } = await raise()
    await dispatchDue(deps)
    const [amira, ben] = await recipients(id)
    const alert = await deps.store.alerts.find(id)
    if (!amira || !ben || !alert) throw new Error('nobody there')
    const given = { id: 'act-1', response: 'yes', channel: 'sms', at: now, address: null, note: null }
    const both = [recordAnswer(deps, HOST, alert, amira, given), recordAnswer(deps, HOST, alert, amira, given)]
    expect((await Promise.all(both)).sort()).toEqual(['recorded', 'repeated'])
    expect((await showAlert(deps, id)).counts.acknowledged).toBe(1)
    await closeAlert(deps, HOST, id)
    expect(await recordAnswer(deps, HOST, alert, ben, { ...given, id: 'act-2' })).toBe('late')
    expect((await showAlert(deps, id)).counts.acknowledged).toBe(1)
  })

  it('starts the next step at once for whom the text is refused, and waits for the others', async () => {
    answer = ({ channel, address, attemptId }) =>
      channel === 'sms' && address.endsWith('7')
        ? { outcome: 'refused', code: '21614', reason: 'not a mobile number', blame: 'address' }
        : { outcome: 'accepted', providerId: attemptId }
    await raise()
    await dispatchDue(deps)
    const called = sent.filter((message) => message.channel === 'voice')
    expect(called).toHaveLength(25)
    expect(called.every((message) => message.address.endsWith('7'))).toBe(true)
    now += 3 * MINUTE
    await dispatchDue(deps)
    expect(sent.filter((message) => message.channel === 'voice')).toHaveLength(250)
  })

  it('lets the next step come in its time when the clock is set back an hour meanwhile', async () => {
    await raise()
    await dispatchDue(deps)
    now -= HOUR
    await dispatchDue(deps)
    now += 2 * MINUTE
    await dispatchDue(deps)
    expect(sent.filter((message) => message.channel === 'voice')).toHaveLength(0)
    now += MINUTE
    await dispatchDue(deps)
    expect(sent.filter((message) => message.channel === 'voice')).toHaveLength(250)
    expect(sent).toHaveLength(500)
  })

  it('sends by the next carrier at once what the first may not send or does not take', async () => {
    const [first] = deps.carriers
    if (!first) throw new Error('no carrier')
    const second = {
      ...first,
      name: 'second',
      send: async (message: OutgoingMessage): Promise<SendResult> => ({
        outcome: 'accepted',
        providerId: message.attemptId,
      }),
    }
    deps = { ...deps, carriers: [first, second] }
    answer = () => ({ outcome: 'refused', code: '21408', reason: 'region not permitted', blame: 'sender' })
    const { id } = await raise()
    await dispatchDue(deps)
    expect((await showAlert(deps, id)).counts.accepted).toBe(250)
    const used = await rowsOf(
      opened.database,
      sql`select carrier, state, count(*) as n from attempts group by carrier, state order by carrier`,
    )
    expect(used).toEqual([
      { carrier: 'first', state: 'failed', n: 250 },
      { carrier: 'second', state: 'accepted', n: 250 },
    ])
  })

  it('never gives one delivery to two claims, and takes up what a crash has left with its attempt unknown', async () => {
    const { id } = await raise()
    answer = () => {
      throw new Error('nothing is sent in this test')
    }
    const outbox = deps.store.outbox
    const due = await outbox.dueRecipients(now, 500)
    const queued = due.map((recipient) => ({
      id: deps.newId(),
      alertId: id,
      recipientId: recipient.recipientId,
      contactPointId: recipient.points.find((point) => point.kind === 'sms')?.id ?? '',
      channel: 'sms' as const,
      purpose: 'alert' as const,
      step: 0,
      fromStep: 0,
      carrier: 'first',
      priority: 1,
      dueAt: now,
    }))
    const moves = due.map(({ recipientId, personId }) => ({
      recipientId,
      firstContactOf: personId,
      fromStep: 0,
      nextStep: 1,
      nextAt: null,
    }))
    await deps.store.commit(outbox.advance(moves, queued, now))
    const lane = { carrier: 'first', channel: 'sms' as const }
    const claims = await Promise.all([
      outbox.claim(lane, now, 150, MINUTE, 'lease-1'),
      outbox.claim(lane, now, 150, MINUTE, 'lease-2'),
    ])
    const claimed = claims.flat().map((delivery) => delivery.deliveryId)
    expect(new Set(claimed).size).toBe(claimed.length)
    expect(claimed).toHaveLength(250)
    now += 2 * MINUTE
    expect(await outbox.claim(lane, now, 500, MINUTE, 'lease-3')).toHaveLength(250)
    const attempts = await rowsOf(
      opened.database,
      sql`select state, count(*) as n from attempts group by state order by state`,
    )
    expect(attempts).toEqual([
      { state: 'sending', n: 250 },
      { state: 'unknown', n: 250 },
    ])
  })

  it('takes a word of its own for each of two alerts that reach somebody at the same moment', async () => {
    const [first, second] = [await raise(), await raise()]
    await dispatchDue(deps)
    const words = await rowsOf(
      opened.database,
      sql`select count(distinct r.person_id || ' ' || r.word_number) as n, min(r.word_number) as least,
          max(r.word_number) as most, min(p.words_used) as used, min(r.word_series) as series
        from recipients r join people p on p.id = r.person_id where r.alert_id in (${first.id}, ${second.id})`,
    )
    expect(words).toEqual([{ n: 500, least: 1, most: 2, used: 2, series: 1 }])
  })

  it('raises one alert however often the same request comes at once', async () => {
    const once = { key: 'tap', requestHash: 'x' }
    const body = { template: 'Flood', trees: ['Everyone'], kind: 'drill' as const }
    const raised = await Promise.all(Array.from({ length: 5 }, () => raiseAlert(deps, HOST, body, once)))
    expect(new Set(raised.map((alert) => alert.id)).size).toBe(1)
    expect((await deps.store.alerts.list({ cursor: null, limit: 10 })).items).toHaveLength(1)
  })
})
