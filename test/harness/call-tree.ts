import { recordAnswer } from '../../src/application/answers/record-answer.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import type { CardView } from '../../src/contract/cards.ts'
import type { PersonPatch } from '../../src/contract/people.ts'
import type { TemplateBody } from '../../src/contract/templates.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { createFakeCarrier, type FakeCarrier, withCarriers } from './fake-carrier.ts'
import { type Rig, startRig } from './rig.ts'

/** Everybody's place: the name, whom he or she reports to, the deputy, the duty. */
export type Place = [name: string, reportsTo?: string, deputy?: string, duty?: string]

/** The service with a carrier that does as it is told, for emergencies that are about people by their names. */
export interface CallTree {
  rig: Rig
  deps: Deps
  carrier: FakeCarrier
  importPlaces(places: readonly Place[], tree?: string): Promise<void>
  raise(places: readonly Place[], template: Partial<TemplateBody>, change?: Record<string, unknown>): Promise<string>
  /** Time passes, as by the ticks of a running service. */
  pass(ms: number): Promise<void>
  answer(alertId: string, name: string, response: string): Promise<void>
  /** What was handed over since so many messages, as `Ada:alert`. */
  sent(since?: number): string[]
  nameAt(address: string): string
  personOf(name: string): Promise<string>
  rowOf(alertId: string, name: string): Promise<Awaited<ReturnType<Rig['recipients']>>[number] | undefined>
  linkOf(alertId: string, name: string): Promise<string>
  timeline(alertId: string): Promise<string[]>
  cards(alertId: string): Promise<CardView[]>
  /** The holder of a card marks somebody on its page. */
  mark(alertId: string, holder: string, name: string, mark: string): Promise<Response>
  change(name: string, patch: PersonPatch): Promise<Response>
  setAway(name: string, until: number | null): Promise<void>
  remove(name: string): Promise<void>
}

const NAMES = ['Ada', 'Ben', 'Cem', 'Dov', 'Eve', 'Fay', 'Gil', 'Hal']

export function numberOf(name: string): string {
  return `+44770090010${NAMES.indexOf(name)}`
}

export async function startCallTree(): Promise<CallTree> {
  const rig = await startRig()
  const carrier = createFakeCarrier('first', ['sms', 'voice'])
  const deps = withCarriers(rig.deps, carrier)
  const keeper = await rig.key('administrator')
  const nameAt = (address: string) => NAMES.find((name) => numberOf(name) === address) ?? address
  const personOf: CallTree['personOf'] = async (name) =>
    (await deps.store.people.all()).find((person) => person.name === name)?.id ?? ''
  const rowOf: CallTree['rowOf'] = async (alertId, name) =>
    (await rig.recipients(alertId)).find((row) => row.name === name)
  const linkOf: CallTree['linkOf'] = async (alertId, name) =>
    `/a/${deps.vault.linkToken((await rowOf(alertId, name))?.id ?? '')}`
  const read = async (path: string) => (await (await rig.ask(path)).json()) as { items: never[] }
  const cards: CallTree['cards'] = async (alertId) => (await read(`/api/v1/alerts/${alertId}/cards`)).items
  const importPlaces: CallTree['importPlaces'] = async (places, tree) => {
    const lines = places.map(([name, above = '', deputy = '', duty = '']) =>
      [name, name, numberOf(name), above, deputy, duty].join(','),
    )
    await rig.importPeople(['id,name,mobile,reports to,deputy,duty', ...lines].join('\n'), tree)
  }
  const change: CallTree['change'] = async (name, json) =>
    rig.ask(`/api/v1/people/${await personOf(name)}`, { method: 'PATCH', json, as: keeper })
  const pass: CallTree['pass'] = async (ms) => {
    for (let left = ms; left > 0; left -= SECOND) {
      await rig.clock.advance(Math.min(left, SECOND), async () => {})
      await dispatchDue(deps)
    }
    await dispatchDue(deps)
  }
  return {
    rig,
    deps,
    carrier,
    importPlaces,
    async raise(places, template, change = {}) {
      await importPlaces(places)
      await rig.saveTemplate({ severity: 'minor', plan: [{ after: 'PT0S', channels: ['sms'] }], ...template })
      const { id } = await rig.raise(change)
      await pass(SECOND)
      return id
    },
    pass,
    async answer(alertId, name, response) {
      const alert = await deps.store.alerts.find(alertId)
      const recipient = await deps.store.alerts.recipientOf(alertId, await personOf(name))
      if (!alert || !recipient) throw new Error(`the alert is not for ${name}`)
      const given = { id: deps.newId(), response, channel: 'link', at: deps.clock(), address: null, note: null }
      await recordAnswer(deps, { kind: 'service' }, alert, recipient, given)
    },
    sent: (since = 0) => carrier.sent.slice(since).map(({ address, purpose }) => `${nameAt(address)}:${purpose}`),
    nameAt,
    personOf,
    rowOf,
    linkOf,
    async timeline(alertId) {
      const { items } = await read(`/api/v1/alerts/${alertId}/timeline?limit=500`)
      return (items as { text: string }[]).map(({ text }) => text)
    },
    cards,
    async mark(alertId, holder, name, mark) {
      const card = (await cards(alertId)).find((one) => one.holder.name === holder)
      const person = card?.people.find((one) => one.name === name)?.person ?? ''
      const body = new URLSearchParams({ card: card?.id ?? '', person, mark }).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return rig.ask(`${await linkOf(alertId, holder)}/marks`, { method: 'POST', as: '', body, headers })
    },
    change,
    async setAway(name, until) {
      const response = await change(name, { awayUntil: until === null ? null : new Date(until).toISOString() })
      if (!response.ok) throw new Error(await response.text())
    },
    async remove(name) {
      const path = `/api/v1/people/${await personOf(name)}`
      const etag = (await rig.ask(path, { as: keeper })).headers.get('etag') ?? ''
      const response = await rig.ask(path, { method: 'DELETE', as: keeper, headers: { 'if-match': etag } })
      if (!response.ok) throw new Error(await response.text())
    },
  }
}
