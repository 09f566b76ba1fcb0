import type { Alert } from '../../domain/alerts/alert.ts'
import { type Decision, decideNext, type PlannedStep } from '../../domain/deliveries/decide-next.ts'
import { millisecondsOf } from '../../domain/duration.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { DueRecipient, Move, NewDelivery } from '../ports/outbox-store.ts'
import type { CarrierHealth } from './carrier-health.ts'
import { noteRefusals, type Placement } from './place-deliveries.ts'

const CHUNK = 500

/** Live alerts leave before drills. */
export function priorityOf(alert: Pick<Alert, 'kind'>): number {
  return alert.kind === 'live' ? 0 : 1
}

/**
 * Decides for recipients whose next step is due, and queues what follows from it.
 * Answers whether there was anything to do.
 */
export async function planDueSteps(deps: Deps, health: CarrierHealth, placement: Placement): Promise<boolean> {
  const { store } = deps
  const now = deps.clock()
  const due = await store.outbox.dueRecipients(now, CHUNK)
  if (due.length === 0) return false

  const alerts = await loadAlerts(deps, due)
  const moves: Move[] = []
  const resting: Move[] = []
  const queued: NewDelivery[] = []
  const passed = new Map<string, number>()
  for (const recipient of due) {
    const alert = alerts.get(recipient.alertId)
    if (!alert) continue
    const { recipientId, personId, nextStep, startedAt } = recipient
    const firstContactOf = startedAt === null ? personId : null
    if (recipient.sentAway) {
      // Whatever became of what was on its way: the plan rests until the person is needed again.
      resting.push({ recipientId, firstContactOf, fromStep: nextStep, nextStep, nextAt: null })
      continue
    }
    const decision = decide(health, alert, recipient, now)
    moves.push({ ...decision, recipientId, firstContactOf, fromStep: nextStep })
    queued.push(...decision.send.map((send) => toDelivery(deps, alert, recipient, send, now)))
    for (const step of decision.passed) count(passed, `${alert.id} ${step}`)
  }
  const placed = await placement.place(queued, due)
  const refused = new Set(placed.filter(({ refusal }) => refusal !== undefined).map((one) => one.recipientId))
  // What no carrier may take has failed already: what comes after it is decided at once.
  for (const move of moves) if (refused.has(move.recipientId)) move.nextAt = now
  const over = moves.filter((move) => move.nextAt === null).map((move) => move.recipientId)
  await store.commit([
    ...store.outbox.advance([...moves, ...resting], placed, now),
    ...noteRefusals(deps, placed),
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

function decide(health: CarrierHealth, alert: Alert, recipient: DueRecipient, now: number): Decision {
  const plan: PlannedStep[] = alert.manifest.template.plan.map((step) => ({
    after: millisecondsOf(step.after),
    channels: step.channels,
  }))
  const points = recipient.points.map((point) => {
    const { kind } = point
    const channel = kind === 'satellite' || kind === 'radio' ? null : kind
    const route = channel ? health.route(channel) : []
    const open = channel !== null && route.some((one) => !point.optedOut.includes(senderOf(one, channel)))
    const optedOut = route.length > 0 && !open
    return { id: point.id, kind: point.kind, usable: open && !point.gone, optedOut }
  })
  const history = { points, deliveries: recipient.deliveries }
  const start = recipient.startedAt ?? now
  return decideNext(plan, history, recipient.nextStep, start, now)
}

function toDelivery(
  deps: Deps,
  alert: Alert,
  recipient: DueRecipient,
  send: Decision['send'][number],
  now: number,
): NewDelivery {
  return {
    ...send,
    id: deps.newId(),
    alertId: alert.id,
    recipientId: recipient.recipientId,
    purpose: 'alert',
    fromStep: recipient.nextStep,
    carrier: '',
    priority: priorityOf(alert),
    dueAt: now,
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
