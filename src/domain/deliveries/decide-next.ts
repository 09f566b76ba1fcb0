import { MINUTE } from '../clock.ts'
import type { ContactKind } from '../people/person.ts'
import type { Channel } from './channel.ts'

/** A contact point as the plan sees it. */
export interface PlannedPoint {
  id: string
  kind: ContactKind
  /** False when it is gone or its owner told every carrier to stop. */
  usable: boolean
  /** Its owner told every carrier to stop. */
  optedOut: boolean
}

/** What has been tried for one recipient. */
export interface PastDelivery {
  contactPointId: string
  channel: Channel
  step: number
  state: 'queued' | 'sending' | 'accepted' | 'delivered' | 'failed' | 'cancelled'
  failure: 'permanent' | 'temporary' | 'voicemail' | null
  /** Hand-overs so far. */
  attempts: number
  /** For a call that met a voicemail: when it is of use to call again, UTC milliseconds. */
  againAt?: number | null
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

/** So many messages of an alert one person gets at most, whatever the plan says; updates and the end come beside them. */
export const MOST_MESSAGES = 40

/** How often one person's voicemail is met before calling again is given up. */
const MOST_VOICEMAILS = 2

/** A call that met a voicemail is of use again after this time. */
export const AFTER_VOICEMAIL = 2 * MINUTE

/** So many hand-overs that no carrier took, and the next step no longer waits for this message. */
export const STRUGGLING = 3

/**
 * Who is contacted next, and how: a pure function of the plan, of what has been tried and of the time.
 *
 * - A step contacts every usable push device, and of every other kind the usable point that was tried least.
 * - A point that was refused for good, or is gone meanwhile, is replaced at once by the person's next point of the same kind.
 * - Where nothing of a step can arrive any more, or its addressee told the carrier to stop, the next step starts at
 *   once instead of waiting for its time.
 * - A step that reaches nobody is passed at once.
 * - Whom only a voicemail answered is called once more a while later, where no later step of the plan calls anyway.
 * - Nobody gets more than {@link MOST_MESSAGES} messages.
 * - When the plan is over and a channel of it has brought nothing, the points that it never tried are tried.
 *
 * The plan always ends.
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
  const room = MOST_MESSAGES - history.deliveries.length
  if (room <= 0) return { send: [], nextStep: plan.length, nextAt: null, passed: [] }
  const decision = decideByPlan(plan, history, nextStep, start, now)
  const again = callAgain(plan, history, nextStep)
  const due = again !== null && again.at <= now
  return {
    ...decision,
    send: [...decision.send, ...(due ? [again.call] : [])].slice(0, room),
    nextAt: again === null || due ? decision.nextAt : Math.min(decision.nextAt ?? again.at, again.at),
  }
}

/** The call that follows one which met a voicemail; null where the plan itself will call, or has called often enough. */
function callAgain(
  plan: readonly PlannedStep[],
  { points, deliveries }: ContactHistory,
  nextStep: number,
): { call: Decision['send'][number]; at: number } | null {
  const calls = deliveries.filter(({ channel }) => channel === 'voice')
  const last = calls.at(-1)
  if (last?.failure !== 'voicemail' || !last.againAt) return null
  if (calls.filter(({ failure }) => failure === 'voicemail').length >= MOST_VOICEMAILS) return null
  if (plan.slice(nextStep).some(({ channels }) => channels.includes('voice'))) return null
  if (!points.some(({ id, usable }) => id === last.contactPointId && usable)) return null
  const { contactPointId, channel, step } = last
  return { call: { contactPointId, channel, step }, at: last.againAt }
}

function decideByPlan(
  plan: readonly PlannedStep[],
  history: ContactHistory,
  nextStep: number,
  start: number,
  now: number,
): Decision {
  const replacements = replaceRefused(history)
  if (replacements.length > 0) return { send: replacements, nextStep, nextAt: dueAt(plan, nextStep, start), passed: [] }

  const pulled = isPulledForward(history, nextStep - 1)
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
  return { send: tryTheRest(plan, history), nextStep: plan.length, nextAt: null, passed }
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
    const tries = (id: string) => history.deliveries.filter((past) => past.contactPointId === id).length
    const chosen =
      channel === 'push' ? points : points.toSorted((one, other) => tries(one.id) - tries(other.id)).slice(0, 1)
    for (const point of chosen) send.push({ contactPointId: point.id, channel, step: number })
  }
  return send
}

function refusedPoints(history: ContactHistory, channel: Channel): Set<string> {
  const refused = history.deliveries.filter((past) => past.channel === channel && past.failure === 'permanent')
  return new Set(refused.map((past) => past.contactPointId))
}

/** The next untried point of the same kind for each step's channel of which every point was refused. */
function replaceRefused(history: ContactHistory): Decision['send'] {
  const send: Decision['send'] = []
  const groups = Map.groupBy(history.deliveries, (past) => `${past.step} ${past.channel}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first || !group.every((past) => past.failure === 'permanent' || isLost(history, past))) continue
    const next = untried(history, first.channel).find((id) => send.every((one) => one.contactPointId !== id))
    if (next) send.push({ contactPointId: next, channel: first.channel, step: first.step })
  }
  return send
}

function untried(history: ContactHistory, channel: Channel): string[] {
  const tried = new Set(history.deliveries.map((past) => past.contactPointId))
  return history.points
    .filter((point) => point.kind === channel && point.usable && !tried.has(point.id))
    .map((point) => point.id)
}

/** One untried point of every channel of the plan that has brought nothing so far. */
function tryTheRest(plan: readonly PlannedStep[], history: ContactHistory): Decision['send'] {
  const channels = new Set(plan.flatMap((step) => step.channels))
  return [...channels].flatMap((channel) => {
    const sent = history.deliveries.filter((past) => past.channel === channel)
    const [next] = untried(history, channel)
    return next !== undefined && sent.every((past) => past.state === 'failed' || isLost(history, past))
      ? [{ contactPointId: next, channel, step: plan.length - 1 }]
      : []
  })
}

/** The address was corrected or taken away meanwhile: whoever has it now may not be this person. */
function isLost(history: ContactHistory, past: PastDelivery): boolean {
  return history.points.some((point) => point.id === past.contactPointId && !point.usable && !point.optedOut)
}

function isPulledForward(history: ContactHistory, step: number): boolean {
  const ofStep = history.deliveries.filter((past) => past.step === step)
  const stopped = new Set(history.points.filter((point) => point.optedOut).map((point) => point.id))
  return (
    ofStep.some((past) => stopped.has(past.contactPointId)) ||
    (ofStep.length > 0 && ofStep.every((past) => past.failure === 'permanent' || isStruggling(past)))
  )
}

function isStruggling({ state, attempts }: PastDelivery): boolean {
  return (state === 'queued' || state === 'sending') && attempts >= STRUGGLING
}
