import type { Alert } from '../../domain/alerts/alert.ts'
import { type Decision, decideNext, type PlannedStep } from '../../domain/deliveries/decide-next.ts'
import { millisecondsOf } from '../../domain/duration.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { DueRecipient, NewDelivery } from '../ports/outbox-store.ts'
import type { CarrierHealth } from './carrier-health.ts'

const CHUNK = 500

/** Live alerts leave before drills. */
export function priorityOf(alert: Pick<Alert, 'kind'>): number {
  return alert.kind === 'live' ? 0 : 1
}

/**
 * Decides for recipients whose next step is due, and queues what follows from it.
 * Answers whether there was anything to do.
 */
export async function planDueSteps(deps: Deps, health: CarrierHealth): Promise<boolean> {
  const { store } = deps
  const now = deps.clock()
  const due = await store.outbox.dueRecipients(now, CHUNK)
  if (due.length === 0) return false

  const alerts = await loadAlerts(deps, due)
  const moves: { recipientId: string; fromStep: number; nextStep: number; nextAt: number | null }[] = []
  const queued: NewDelivery[] = []
  const passed = new Map<string, number>()
  for (const recipient of due) {
    const alert = alerts.get(recipient.alertId)
    if (!alert) continue
    const { decision, carriers } = decide(health, alert, recipient, now)
    moves.push({ ...decision, recipientId: recipient.recipientId, fromStep: recipient.nextStep })
    queued.push(
      ...decision.send.map((send) => {
        const carrier = health.toProbe(send.channel) ?? carriers.get(send.contactPointId)
        return toDelivery(deps, alert, recipient, send, carrier, now)
      }),
    )
    for (const step of decision.passed) count(passed, `${alert.id} ${step}`)
  }
  const over = moves.filter((move) => move.nextAt === null).map((move) => move.recipientId)
  await store.commit([
    ...store.outbox.advance(moves, queued, now),
    store.outbox.markUnreachable(over, now),
    ...[...passed].map(([place, people]) => {
      const [alertId = '', step = '0'] = place.split(' ')
      const data = { step: Number(step), people }
      return store.alerts.note({ id: deps.newId(), alertId, at: now, kind: 'step_passed', recipientId: null, data })
    }),
  ])
  return true
}

async function loadAlerts(deps: Deps, due: readonly DueRecipient[]): Promise<Map<string, Alert>> {
  const ids = [...new Set(due.map((recipient) => recipient.alertId))]
  const found = await Promise.all(ids.map((id) => deps.store.alerts.find(id)))
  return new Map(found.filter((alert) => alert !== null).map((alert) => [alert.id, alert]))
}

function decide(
  health: CarrierHealth,
  alert: Alert,
  recipient: DueRecipient,
  now: number,
): { decision: Decision; carriers: Map<string, Carrier> } {
  const plan: PlannedStep[] = alert.manifest.template.plan.map((step) => ({
    after: millisecondsOf(step.after),
    channels: step.channels,
  }))
  const carriers = new Map<string, Carrier>()
  const points = recipient.points.map((point) => {
    const { kind } = point
    const channel = kind === 'satellite' || kind === 'radio' ? null : kind
    const route = channel ? health.route(channel) : []
    const carrier = channel && route.find((candidate) => !point.optedOut.includes(senderOf(candidate, channel)))
    if (carrier) carriers.set(point.id, carrier)
    const optedOut = route.length > 0 && !carrier
    return { id: point.id, kind: point.kind, usable: Boolean(carrier) && !point.gone, optedOut }
  })
  const history = { points, deliveries: recipient.deliveries }
  const start = recipient.startedAt ?? now
  return { decision: decideNext(plan, history, recipient.nextStep, start, now), carriers }
}

function toDelivery(
  deps: Deps,
  alert: Alert,
  recipient: DueRecipient,
  send: Decision['send'][number],
  carrier: Carrier | undefined,
  now: number,
): NewDelivery {
  return {
    ...send,
    id: deps.newId(),
    alertId: alert.id,
    recipientId: recipient.recipientId,
    purpose: 'alert',
    fromStep: recipient.nextStep,
    carrier: carrier?.name ?? '',
    priority: priorityOf(alert),
    dueAt: now,
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
