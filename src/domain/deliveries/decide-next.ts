import type { ContactKind } from '../people/person.ts'
import type { Channel } from './channel.ts'

/** A contact point as the plan sees it. */
export interface PlannedPoint {
  id: string
  kind: ContactKind
  /** False when it is gone or its owner told the carrier to stop. */
  usable: boolean
}

/** What has been tried for one recipient. */
export interface PastDelivery {
  contactPointId: string
  channel: Channel
  step: number
  state: 'queued' | 'sending' | 'accepted' | 'delivered' | 'failed' | 'cancelled'
  failure: 'permanent' | 'temporary' | null
}

export interface ContactHistory {
  /** In the person's own order. */
  points: PlannedPoint[]
  deliveries: PastDelivery[]
}

export interface PlannedStep {
  /** Milliseconds after the recipient's first contact. */
  after: number
  channels: readonly Channel[]
}

export interface Decision {
  send: { contactPointId: string; channel: Channel; step: number }[]
  nextStep: number
  /** When to decide again; null when the plan is over. */
  nextAt: number | null
  /** Steps that reached nobody and were passed at once. */
  passed: number[]
}

/**
 * Who is contacted next, and how: a pure function of the plan, of what has been tried and of the time.
 *
 * - A step contacts every usable push device, and the first usable point of every other kind.
 * - A point that was refused for good is replaced at once by the person's next point of the same kind.
 * - Where there is none, the next step starts at once instead of waiting for its time.
 * - A step that reaches nobody is passed at once. The plan always ends.
 *
 * @param start when the recipient was first contacted, UTC milliseconds
 */
export function decideNext(
  plan: readonly PlannedStep[],
  history: ContactHistory,
  nextStep: number,
  start: number,
  now: number,
): Decision {
  const tried = new Set(history.deliveries.map((delivery) => `${delivery.channel} ${delivery.contactPointId}`))
  const last = nextStep - 1
  const replacements = replaceRefused(history, tried, last)
  if (replacements.length > 0) return { send: replacements, nextStep, nextAt: dueAt(plan, nextStep, start), passed: [] }

  const pulled = isPulledForward(history, last)
  const passed: number[] = []
  for (let step = nextStep; step < plan.length; step++) {
    const due = dueAt(plan, step, start)
    if (due !== null && due > now && !(pulled && step === nextStep) && passed.length === 0) {
      return { send: [], nextStep: step, nextAt: due, passed }
    }
    const send = contactsOf(plan[step], history, step)
    if (send.length > 0) return { send, nextStep: step + 1, nextAt: dueAt(plan, step + 1, start), passed }
    passed.push(step)
  }
  return { send: [], nextStep: plan.length, nextAt: null, passed }
}

function dueAt(plan: readonly PlannedStep[], step: number, start: number): number | null {
  const planned = plan[step]
  return planned ? start + planned.after : null
}

function contactsOf(step: PlannedStep | undefined, history: ContactHistory, number: number): Decision['send'] {
  const send: Decision['send'] = []
  for (const channel of step?.channels ?? []) {
    const dead = refusedPoints(history, channel)
    const points = history.points.filter((point) => point.kind === channel && point.usable && !dead.has(point.id))
    for (const point of channel === 'push' ? points : points.slice(0, 1)) {
      send.push({ contactPointId: point.id, channel, step: number })
    }
  }
  return send
}

function refusedPoints(history: ContactHistory, channel: Channel): Set<string> {
  const refused = history.deliveries.filter((past) => past.channel === channel && past.failure === 'permanent')
  return new Set(refused.map((past) => past.contactPointId))
}

/** The next untried point of the same kind for each channel of a step whose every point was refused. */
function replaceRefused(history: ContactHistory, tried: ReadonlySet<string>, step: number): Decision['send'] {
  const send: Decision['send'] = []
  for (const channel of new Set(history.deliveries.filter((past) => past.step === step).map((past) => past.channel))) {
    const ofStep = history.deliveries.filter((past) => past.step === step && past.channel === channel)
    if (!ofStep.every((past) => past.failure === 'permanent')) continue
    const next = history.points.find(
      (point) => point.kind === channel && point.usable && !tried.has(`${channel} ${point.id}`),
    )
    if (next) send.push({ contactPointId: next.id, channel, step })
  }
  return send
}

function isPulledForward(history: ContactHistory, step: number): boolean {
  return history.deliveries.some((past) => past.step === step && past.failure === 'permanent')
}
