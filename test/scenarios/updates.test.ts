import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cancelAlert, closeAlert } from '../../src/application/alerts/close-alert.ts'
import { updateAlert } from '../../src/application/alerts/update-alert.ts'
import { receiveEvent } from '../../src/application/answers/receive-event.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import type { CarrierEvent, OutgoingMessage } from '../../src/application/ports/carrier.ts'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { Report } from '../../src/contract/reports.ts'
import type { EndState } from '../../src/domain/alerts/alert.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { createFakeCarrier, type FakeCarrier, settleAll, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const HOST = { kind: 'host' } as const
const AMIRA = '+447700900101'
const BEN = '+447700900102'
const NEW = { audience: 'all' as const, text: { body: 'Gate is blocked. Meet at the pier.' } }
const PLAN = [
  { after: 'PT0S', channels: ['sms' as const] },
  { after: 'PT3M', channels: ['voice' as const] },
]

let rig: Rig
let first: FakeCarrier
let deps: Deps

beforeEach(async () => {
  rig = await startRig()
  first = createFakeCarrier('first', ['sms', 'voice'])
  deps = withCarriers(rig.deps, first)
  await rig.importPeople(`id,name,mobile,language\nA,Amira Khan,${AMIRA},en\nB,Ben Okoro,${BEN},fr`)
  await rig.saveTemplate({ plan: PLAN })
})
afterEach(() => rig.close())

const pass = (ms: number) => rig.clock.advance(ms, async () => {})
const send = () => dispatchDue(deps)
const raise = async () => {
  const { id } = await rig.raise()
  await send()
  return id
}
const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  rig.ask(path, { method: 'POST', json, headers })
const answer = async (id: string, name: string) => {
  const one = (await rig.recipients(id)).find((recipient) => recipient.name === name)
  await post(`/api/v1/alerts/${id}/recipients/${one?.id}/acknowledge`, { response: 'yes' })
}
const since = (count: number) => first.sent.slice(count).map(brief).sort()
const brief = ({ purpose, channel, address, body }: OutgoingMessage) => `${purpose} ${channel} ${address}: ${body}`

describe('an update', () => {
  it('reaches everybody who may have the alert, at once and in the words of the commander', async () => {
    const id = await raise()
    const response = await post(`/api/v1/alerts/${id}/update`, NEW)
    expect(response.status).toBe(201)
    expect((await response.json()) as AlertView).toMatchObject({
      state: 'open',
      messageType: 'Update',
      body: NEW.text.body,
      updates: [{ number: 1, audience: 'all', title: 'Flood at dock 3', body: NEW.text.body }],
    })
    await send()
    expect(since(2)).toEqual([`update sms ${AMIRA}: ${NEW.text.body}`, `update sms ${BEN}: ${NEW.text.body}`])
  })

  it('goes to each person in his or her language where it was written in it, else in the fallback', async () => {
    const id = await raise()
    const texts = { en: { body: 'Meet at the pier.' }, fr: { title: 'Quai 4', body: 'Allez au quai.' } }
    await post(`/api/v1/alerts/${id}/update`, { texts })
    await send()
    const said = first.sent.slice(2).map(({ language, title, body }) => `${language} ${title}: ${body}`)
    expect(said.sort()).toEqual(['en Flood at dock 3: Meet at the pier.', 'fr Quai 4: Allez au quai.'])
  })

  it.each([
    ['acknowledged', AMIRA],
    ['silent', BEN],
  ] as const)('goes only to whom it is for (%s), and leaves every answer as it is', async (audience, address) => {
    const id = await raise()
    await answer(id, 'Amira Khan')
    await post(`/api/v1/alerts/${id}/update`, { ...NEW, audience })
    await send()
    expect(since(2)).toEqual([`update sms ${address}: ${NEW.text.body}`])
    expect((await rig.alert(id)).counts.acknowledged).toBe(1)
  })

  it('is carried by every later step of the plan, so that nobody hears words that have been overtaken', async () => {
    const id = await raise()
    await post(`/api/v1/alerts/${id}/update`, NEW)
    await send()
    await pass(3 * MINUTE)
    await send()
    expect(since(4)).toEqual([`alert voice ${AMIRA}: ${NEW.text.body}`, `alert voice ${BEN}: ${NEW.text.body}`])
  })

  it('replaces the text of what has not left yet, instead of following it', async () => {
    const { id } = await rig.raise()
    await updateAlert(deps, HOST, id, NEW, null)
    await send()
    expect(since(0)).toEqual([`alert sms ${AMIRA}: ${NEW.text.body}`, `alert sms ${BEN}: ${NEW.text.body}`])
  })

  it('for those who have answered changes nothing for those who are still to be contacted', async () => {
    const { id } = await rig.raise()
    await updateAlert(deps, HOST, id, { ...NEW, audience: 'acknowledged' }, null)
    await send()
    expect(first.sent.map(({ body }) => body)).not.toContain(NEW.text.body)
  })

  it('also reaches whose first message was on its way, and not before that one', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { id } = await rig.raise()
    first.answer = async ({ attemptId }) => {
      await promise
      return { outcome: 'accepted', providerId: attemptId }
    }
    const sending = send()
    await settleAll()
    await updateAlert(deps, HOST, id, NEW, null)
    await settleAll()
    expect(first.sent.map(({ purpose }) => purpose)).toEqual(['alert', 'alert'])
    resolve()
    await sending
    await pass(SECOND)
    await send()
    expect(since(2)).toEqual([`update sms ${AMIRA}: ${NEW.text.body}`, `update sms ${BEN}: ${NEW.text.body}`])
  })

  it('that is sent twice under one key is one update', async () => {
    const id = await raise()
    const key = { 'idempotency-key': 'update-1' }
    await Promise.all([post(`/api/v1/alerts/${id}/update`, NEW, key), post(`/api/v1/alerts/${id}/update`, NEW, key)])
    await send()
    expect(first.sent).toHaveLength(4)
    expect((await rig.alert(id)).updates).toHaveLength(1)
    const other = await post(`/api/v1/alerts/${id}/update`, { text: { body: 'Other words.' } }, key)
    expect(await other.json()).toMatchObject({ code: 'idempotency.mismatch' })
  })

  it('of two at once gives everybody the same order, and the newest word last', async () => {
    const id = await raise()
    await Promise.all(['One.', 'Two.'].map((body) => updateAlert(deps, HOST, id, { ...NEW, text: { body } }, null)))
    const [, newest] = (await rig.alert(id)).updates
    await send()
    for (const address of [AMIRA, BEN]) {
      const got = first.sent.filter((message) => message.address === address && message.purpose === 'update')
      expect(got.at(-1)?.body).toBe(newest?.body)
      expect(got.map(({ body }) => body)).toEqual([newest?.body])
    }
  })

  it('that the carrier refuses for a while never arrives after a newer one', async () => {
    const id = await raise()
    first.answer = () => ({ outcome: 'retryLater', code: 'busy', reason: 'busy' })
    await updateAlert(deps, HOST, id, { ...NEW, text: { body: 'One.' } }, null)
    await send()
    first.answer = ({ attemptId }) => ({ outcome: 'accepted', providerId: attemptId })
    const before = first.sent.length
    await updateAlert(deps, HOST, id, { ...NEW, text: { body: 'Two.' } }, null)
    await pass(5 * MINUTE)
    await send()
    const later = first.sent.slice(before).filter(({ purpose }) => purpose === 'update')
    expect(new Set(later.map(({ body }) => body))).toEqual(new Set(['Two.']))
  })

  it('is refused for an alert that has ended, and for words that nobody can see', async () => {
    const id = await raise()
    expect((await post(`/api/v1/alerts/${id}/update`, { text: { body: ' \u200b ' } })).status).toBe(422)
    expect((await post(`/api/v1/alerts/${id}/update`, {})).status).toBe(422)
    await closeAlert(deps, HOST, id)
    const refused = await post(`/api/v1/alerts/${id}/update`, NEW)
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'alert.ended' })
  })

  it('in the same instant as the end tells nobody anything new after it', async () => {
    for (let round = 0; round < 20; round++) {
      const { id } = await rig.raise()
      await send()
      const before = first.sent.length
      const [updated] = await Promise.allSettled([
        updateAlert(deps, HOST, id, NEW, null),
        closeAlert(deps, HOST, id),
        send(),
      ])
      await pass(2 * SECOND)
      await send()
      for (const address of [AMIRA, BEN]) {
        const got = first.sent.slice(before).filter((message) => message.address === address)
        expect(got.at(-1)?.purpose).toBe('all_clear')
        expect(got.filter(({ purpose }) => purpose === 'all_clear')).toHaveLength(1)
      }
      const written = (await rig.alert(id)).updates.length
      expect(written).toBe(updated?.status === 'fulfilled' ? 1 : 0)
    }
  })
})

describe('an alert that is called off', () => {
  const CASES = [
    ['correct', {}, 'in_error', 'alert.correct'],
    ['cancel', { remark: 'The water is going down.' }, 'cancelled', 'alert.cancel'],
  ] as const

  it.each(CASES)('by "%s" says so to everybody who may have it, and reaches nobody else', async (path, body, state) => {
    const id = await raise()
    await rig.importPeople('id,name,mobile\nB,Ben Okoro,+447700900109')
    const response = await post(`/api/v1/alerts/${id}/${path}`, body)
    expect(await response.json()).toMatchObject({ state, messageType: 'Cancel' })
    await send()
    expect(
      first.sent
        .slice(2)
        .map(({ purpose, address }) => `${purpose} ${address}`)
        .sort(),
    ).toEqual([`${state} ${AMIRA}`, `${state} ${BEN}`])
    await pass(HOUR)
    await send()
    expect(first.sent).toHaveLength(4)
  })

  it.each(CASES)('by "%s" twice, or by two people at once, is called off once', async (path, body, state, act) => {
    const id = await raise()
    await Promise.all([post(`/api/v1/alerts/${id}/${path}`, body), post(`/api/v1/alerts/${id}/${path}`, body)])
    expect((await post(`/api/v1/alerts/${id}/${path}`, body)).status).toBe(200)
    await send()
    expect(first.sent).toHaveLength(4)
    const timeline = (await (await rig.ask(`/api/v1/alerts/${id}/timeline`)).json()) as { items: { kind: string }[] }
    expect(timeline.items.filter(({ kind }) => kind === state)).toHaveLength(1)
    const entries = await deps.store.records.auditEntries({ cursor: null, limit: 50 })
    expect(entries.items.filter((entry) => entry.act === act && entry.subject === id)).toHaveLength(1)
  })

  it.each(CASES)('by "%s" is told apart from an all-clear in the report', async (path, body, state) => {
    const id = await raise()
    await post(`/api/v1/alerts/${id}/${path}`, body)
    const report = (await (await rig.ask(`/api/v1/reports/${id}.json`)).json()) as Report
    expect(report.alert).toMatchObject({ state, messageType: 'Cancel' })
    const page = await (await rig.ask(`/api/v1/reports/${id}.html`)).text()
    expect(page).toContain(state === 'in_error' ? 'called an error' : 'cancelled')
    if (state === 'cancelled') expect(page).toContain('The water is going down.')
  })

  it('carries what whoever cancelled it wants said', async () => {
    const id = await raise()
    await post(`/api/v1/alerts/${id}/cancel`, { remark: 'The water is going down.' })
    await send()
    expect(first.sent.slice(2).map(({ remark }) => remark)).toEqual([
      'The water is going down.',
      'The water is going down.',
    ])
  })

  it('by the loser of a race is refused, since people were told something else', async () => {
    const id = await raise()
    await closeAlert(deps, HOST, id)
    await expect(cancelAlert(deps, HOST, id, 'in_error', null)).rejects.toMatchObject({ code: 'alert.ended' })
    await send()
    expect(first.sent.slice(2).map(({ purpose }) => purpose)).toEqual(['all_clear', 'all_clear'])
  })

  it('also tells whose first message was in flight at that moment, after it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { id } = await rig.raise()
    first.answer = async () => {
      await promise
      return { outcome: 'retryLater', code: 'x', reason: 'no answer', uncertain: true }
    }
    const sending = send()
    await settleAll()
    await cancelAlert(deps, HOST, id, 'in_error', null)
    resolve()
    await sending
    first.answer = ({ attemptId }) => ({ outcome: 'accepted', providerId: attemptId })
    await pass(MINUTE)
    await send()
    const ended = first.sent.filter(({ purpose }) => purpose === 'in_error')
    expect(new Set(ended.map(({ address }) => address))).toEqual(new Set([AMIRA, BEN]))
    expect(first.sent.filter(({ purpose }) => purpose === 'alert')).toHaveLength(2)
  })

  it('although its lifetime had ended, still tells everybody', async () => {
    const id = await raise()
    await pass(5 * HOUR)
    await send()
    expect((await rig.alert(id)).state).toBe('expired' satisfies EndState)
    await cancelAlert(deps, HOST, id, 'in_error', null)
    await send()
    expect(first.sent.filter(({ purpose }) => purpose === 'in_error')).toHaveLength(2)
  })

  it('says so on the answer page, to a late reply and to whoever rings back', async () => {
    const id = await raise()
    const link = first.sent.find(({ address }) => address === AMIRA)?.link ?? ''
    const { code } = await rig.alert(id)
    await post(`/api/v1/alerts/${id}/correct`, {})
    const page = await rig.ask(new URL(link).pathname, { as: '' })
    expect(await page.text()).toContain('sent in error')
    const text = { kind: 'text', messageId: 'm1', from: AMIRA, to: '+12025550100', optOut: null } as const
    expect(await receiveEvent(deps, first, { ...text, text: `yes ${code}` })).toMatchObject({
      text: expect.stringContaining('sent in error'),
    })
    const call = {
      kind: 'call',
      callId: 'c1',
      number: AMIRA,
      attemptId: null,
      machine: false,
      turn: null,
      digits: null,
    }
    const reply = await receiveEvent(deps, first, call as CarrierEvent)
    expect(JSON.stringify(reply)).toContain('sent in error')
  })

  it.each(['administrator', 'risk_manager', 'responder'] as const)('cannot be called off by a %s', async (role) => {
    const id = await raise()
    const as = await rig.key(role)
    for (const path of ['update', 'cancel', 'correct']) {
      const response = await rig.ask(`/api/v1/alerts/${id}/${path}`, { method: 'POST', json: NEW, as })
      expect(response.status).toBe(403)
    }
    expect((await rig.alert(id)).state).toBe('open')
  })
})
