import type { AlertView, RecipientView, TimelineEntry, UnclearAnswer } from '../../contract/alerts.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { describeEvent, describeUnclear } from '../../domain/alerts/describe-event.ts'
import { peopleIn } from '../../domain/strategies/explain-decision.ts'
import type { Deps } from '../deps.ts'
import type { Recipient, TimelineRecord } from '../ports/alert-store.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import { findAlert } from './find-alert.ts'
import { toIso, viewAlert, viewRecipient } from './view-alert.ts'

/** @throws Problem `alert.unknown` */
export async function showAlert(deps: Deps, id: string): Promise<AlertView> {
  return viewAlert(await findAlert(deps, id), await deps.store.alerts.tally(id))
}

export async function listAlerts(deps: Deps, request: PageRequest): Promise<Page<AlertView>> {
  const { items, nextCursor } = await deps.store.alerts.list(request)
  const views = items.map(async (alert) => viewAlert(alert, await deps.store.alerts.tally(alert.id)))
  return { items: await Promise.all(views), nextCursor }
}

/** @throws Problem `alert.unknown` */
export async function listRecipients(deps: Deps, id: string, request: PageRequest): Promise<Page<RecipientView>> {
  await findAlert(deps, id)
  const { items, nextCursor } = await deps.store.alerts.recipients(id, request)
  return { items: await viewRecipients(deps, items), nextCursor }
}

export async function viewRecipients(deps: Deps, recipients: readonly Recipient[]): Promise<RecipientView[]> {
  const deliveries = await deps.store.alerts.deliveriesOf(recipients.map((recipient) => recipient.id))
  const nameOf = await findNames(
    deps,
    recipients.flatMap(({ because }) => (because ? peopleIn({ because }) : [])),
  )
  return recipients.map((recipient) => viewRecipient(recipient, deliveries.get(recipient.id) ?? [], nameOf))
}

/** @throws Problem `alert.unknown` */
export async function listTimeline(deps: Deps, id: string, request: PageRequest): Promise<Page<TimelineEntry>> {
  const alert = await findAlert(deps, id)
  const records = await deps.store.alerts.timeline(id, request.cursor, request.limit + 1)
  const items = await viewTimeline(deps, alert, records.slice(0, request.limit))
  return { items, nextCursor: records.length > request.limit ? (items.at(-1)?.id ?? null) : null }
}

export async function viewTimeline(
  deps: Deps,
  alert: Alert,
  records: readonly TimelineRecord[],
): Promise<TimelineEntry[]> {
  const names = await deps.store.alerts.names(records.flatMap(({ recipientId }) => recipientId ?? []))
  const nameOf = await findNames(
    deps,
    records.flatMap(({ data }) => peopleIn(data)),
  )
  return records.map(({ id, at, kind, recipientId, data }) => ({
    id,
    at: toIso(at),
    kind,
    text: describeEvent(alert, kind, recipientId === null ? null : (names.get(recipientId) ?? null), data, nameOf),
    ...(recipientId === null ? {} : { recipient: recipientId }),
  }))
}

async function findNames(deps: Deps, people: readonly string[]): Promise<(person: string) => string> {
  const names = people.length === 0 ? new Map<string, string>() : await deps.store.people.namesOf([...new Set(people)])
  return (person) => names.get(person) ?? 'somebody'
}

/** Answers that wait for a person, whole. @throws Problem `alert.unknown` */
export async function listUnclear(deps: Deps, id: string): Promise<UnclearAnswer[]> {
  await findAlert(deps, id)
  const messages = await deps.store.answers.unclear(id)
  return messages.map(({ id: messageId, at, channel, from, name, recipientId, text, reason, times }) => ({
    id: messageId,
    at: toIso(at),
    channel,
    from,
    name,
    recipient: recipientId,
    text,
    times,
    reason: describeUnclear(reason ?? ''),
  }))
}
