import type { SessionView } from '../../src/contract/access.ts'
import type {
  AlertBody,
  AlertView,
  MyAlert,
  PreflightResult,
  RecipientView,
  TimelineEntry,
  UnclearAnswer,
  UpdateBody,
} from '../../src/contract/alerts.ts'
import type { CardMarkBody, CardView, MyCard } from '../../src/contract/cards.ts'
import type { CarrierState } from '../../src/contract/carriers.ts'
import type { Absence, MyWords, PersonView, WaitingRemoval } from '../../src/contract/people.ts'
import type { TemplateView } from '../../src/contract/templates.ts'
import type { TreeSummary, TreeView } from '../../src/contract/trees.ts'
import { request } from './request.ts'

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export const get = <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, signal ? { signal } : {})
export const post = <T>(path: string, json: unknown = {}) => request<T>('POST', path, { json })

/** Reads every page of a list, handing each over as it comes. */
async function readAll<T>(path: string, take: (items: T[]) => void, signal: AbortSignal, pages = 400): Promise<void> {
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const query: string = cursor === null ? '?limit=500' : `?limit=500&cursor=${encodeURIComponent(cursor)}`
    const answer: Page<T> = await get<Page<T>>(path + query, signal)
    take(answer.items)
    cursor = answer.nextCursor
    if (cursor === null) return
  }
}

/** Every item of a list. */
export async function list<T>(path: string, signal: AbortSignal, pages?: number): Promise<T[]> {
  const all: T[] = []
  await readAll<T>(path, (items) => all.push(...items), signal, pages)
  return all
}

/** The requests that the app makes, one line each. */
export const service = {
  signIn: (token: string) => post<SessionView>('/session', { token }),
  session: () => get<SessionView>('/session'),
  signOut: () => request<null>('DELETE', '/session'),
  templates: (signal: AbortSignal) => list<TemplateView>('/templates', signal),
  trees: (signal: AbortSignal) => list<TreeSummary>('/trees', signal),
  tree: (id: string, signal: AbortSignal) => get<TreeView>(`/trees/${id}`, signal),
  weakCounts: (signal: AbortSignal) => get<{ counts: Record<string, number> }>('/trees/weaknesses?limit=1', signal),
  people: (signal: AbortSignal) => list<PersonView>('/people', signal),
  person: (id: string, signal: AbortSignal) => get<PersonView>(`/people/${id}`, signal),
  removals: (signal: AbortSignal) => list<WaitingRemoval>('/people/removals', signal),
  decideRemovals: async (outcome: 'confirm' | 'reject', people: readonly string[]) => {
    for (let start = 0; start < people.length; start += 500) {
      await post<unknown>(`/people/removals/${outcome}`, { people: people.slice(start, start + 500) })
    }
  },
  preflight: (body: AlertBody, signal: AbortSignal) =>
    request<PreflightResult>('POST', '/alerts/preflight', { json: body, signal }),
  raise: (body: AlertBody, idempotencyKey: string) =>
    request<AlertView>('POST', '/alerts', {
      json: body,
      headers: { 'idempotency-key': idempotencyKey },
      timeout: 30_000,
    }),
  carriers: async (signal: AbortSignal) => (await get<Page<CarrierState>>('/carriers', signal)).items,
  alerts: async (signal: AbortSignal) => (await get<Page<AlertView>>('/alerts', signal)).items,
  alert: (id: string, signal: AbortSignal) => get<AlertView>(`/alerts/${id}`, signal),
  recipients: (id: string, take: (items: RecipientView[]) => void, signal: AbortSignal) =>
    readAll<RecipientView>(`/alerts/${id}/recipients`, take, signal),
  words: (signal: AbortSignal) => get<MyWords>('/my/words', signal),
  renewWords: (series: number) => post<MyWords>('/my/words/renew', { series }),
  /** One page of recipients, from the beginning when no cursor is given. */
  recipientsPage: (id: string, cursor: string | null, signal: AbortSignal) => {
    const query = new URLSearchParams({ limit: '500', ...(cursor === null ? {} : { cursor }) })
    return get<Page<RecipientView>>(`/alerts/${id}/recipients?${query}`, signal)
  },
  timeline: (id: string, signal: AbortSignal) => list<TimelineEntry>(`/alerts/${id}/timeline`, signal, 20),
  unclear: (id: string, signal: AbortSignal) => list<UnclearAnswer>(`/alerts/${id}/unclear`, signal, 20),
  settle: (id: string, unclear: string) => post<unknown>(`/alerts/${id}/unclear/${unclear}/settle`),
  close: (id: string) => post<unknown>(`/alerts/${id}/close`),
  update: (id: string, body: UpdateBody, idempotencyKey: string) =>
    request<AlertView>('POST', `/alerts/${id}/update`, { json: body, headers: { 'idempotency-key': idempotencyKey } }),
  extend: (id: string) => post<unknown>(`/alerts/${id}/extend`),
  add: (id: string, body: { people: string[]; trees: string[] }, idempotencyKey: string) =>
    request<AlertView>('POST', `/alerts/${id}/recipients`, {
      json: body,
      headers: { 'idempotency-key': idempotencyKey },
    }),
  sentInError: (id: string) => post<unknown>(`/alerts/${id}/correct`),
  cancel: (id: string, remark: string) => post<unknown>(`/alerts/${id}/cancel`, remark === '' ? {} : { remark }),
  recordAnswer: (id: string, recipient: string, answer: { response: string; note?: string }) =>
    post<unknown>(`/alerts/${id}/recipients/${recipient}/acknowledge`, answer),
  myAlerts: (signal: AbortSignal) => list<MyAlert>('/my/alerts', signal, 4),
  myCards: (signal: AbortSignal) => list<MyCard>('/my/cards', signal, 1),
  markOnCard: (card: string, mark: CardMarkBody) => post<unknown>(`/my/cards/${card}/marks`, mark),
  cards: (id: string, signal: AbortSignal) => list<CardView>(`/alerts/${id}/cards`, signal, 1),
  absence: (signal: AbortSignal) => get<Absence>('/my/absence', signal),
  setAbsence: (until: string | null) => request<Absence>('PUT', '/my/absence', { json: { until } }),
  opened: (id: string) => post<unknown>(`/my/alerts/${id}/opened`),
}
