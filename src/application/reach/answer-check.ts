import { namesCode, readReply } from '../../domain/acknowledgements/read-reply.ts'
import { DAY } from '../../domain/clock.ts'
import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'
import { Problem } from '../../domain/errors.ts'
import { LANGUAGES, textsIn } from '../../domain/messages/language-texts.ts'
import { confirmCheck, leaveCheckVoicemail, openCheckCall, type Script } from '../../domain/messages/write-voice.ts'
import { CHECK_RESPONSE } from '../../domain/reach/check.ts'
import { auditedIfChanged } from '../audited.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { Carrier, CarrierEvent } from '../ports/carrier.ts'
import type { CheckedPoint } from '../ports/check-store.ts'
import type { Statement } from '../ports/statement.ts'
import { composeCheck } from './compose-check.ts'

/** For so long after its end an answer by text is still recognised. */
const REMEMBERED = 14 * DAY

/** The check behind an unguessable page. @throws Problem `link.unknown` */
export async function openCheck(deps: Deps, token: string): Promise<CheckedPoint> {
  const check = await deps.store.checks.byToken(token, deps.clock())
  if (!check?.present) throw new Problem('missing', 'link.unknown', 'This link is not valid.')
  return check
}

/** Its owner answered: the address is proven, wherever that person has it. Answered again it changes nothing more. */
export async function proveCheck(
  deps: Deps,
  check: CheckedPoint,
  channel: string,
  extra: readonly Statement[] = [],
): Promise<void> {
  const actor = { kind: 'person', id: check.personId, name: check.name } as const
  await deps.store.commit([
    ...extra,
    ...deps.store.checks.prove(check.id, deps.clock()),
    auditedIfChanged(deps, actor, 'check.answer', check.contactPointId, { channel }),
  ])
}

/** The check that an attempt belongs to; null where it is none. */
export async function findCheck(deps: Deps, attemptId: string | null): Promise<CheckedPoint | null> {
  const attempt = attemptId === null ? null : parseAttemptId(attemptId)
  return attempt && deps.store.checks.find(attempt.deliveryId)
}

/** Whoever was asked says that it is not theirs: nobody relies on it any more. Nobody who was proven is undone by that. */
export async function disownCheck(deps: Deps, check: CheckedPoint): Promise<void> {
  const actor = { kind: 'person', id: check.personId, name: check.name } as const
  await deps.store.commit([
    ...deps.store.checks.end(check.id, 'failed', 'Whoever has it says that it belongs to somebody else.', deps.clock()),
    auditedIfChanged(deps, actor, 'check.disown', check.contactPointId),
  ])
}

/** A text that answers a check. `note`: the whole text, where it says more than that. */
export interface CheckAnswer {
  check: CheckedPoint
  note: string | null
}

/** What a phone is asked by checks, newest first. */
export function checksOf(deps: Deps, number: string): Promise<CheckedPoint[]> {
  return deps.store.checks.byAddress(number, deps.clock() - REMEMBERED)
}

/** The check whose code a text names, with the answer; null where it names none, or gives no answer to it. */
export function readCodedAnswer(checks: readonly CheckedPoint[], text: string): CheckAnswer | null {
  return readAnswer(
    checks.filter(({ code }) => namesCode(text, code)),
    text,
  )
}

/** An answer without a code to the only check that a phone is being asked; null where it is none. */
export function readBareAnswer(checks: readonly CheckedPoint[], text: string): CheckAnswer | null {
  return readAnswer(
    checks.filter(({ state }) => state === 'sent'),
    text,
  )
}

/** The only check that a phone is being asked; null where there is none, or several people share the phone. */
export async function findRungBack(deps: Deps, number: string): Promise<CheckedPoint | null> {
  const open = (await deps.store.checks.byAddress(number, deps.clock())).filter(({ state }) => state === 'sent')
  const [check] = open
  return new Set(open.map(({ personId }) => personId)).size === 1 ? (check ?? null) : null
}

/** What a mail answers to the check that it proves to reply to: on its first line, or with the code; null where it does not. */
export function readMailedAnswer(check: CheckedPoint, text: string): CheckAnswer | null {
  const [line = '', ...more] = text.split('\n')
  const first = readAnswer([check], line)
  const said = more.join('\n').trim()
  return readAnswer([check], text) ?? (first && said !== '' ? { check, note: text.trim() } : first)
}

/** A call that asks, from the moment that it is picked up; also one in which its owner rings back. */
export async function leadCheckCall(
  deps: Deps,
  check: CheckedPoint,
  event: Extract<CarrierEvent, { kind: 'call' }>,
): Promise<Script> {
  const message = composeCheck(deps, check)
  if (event.machine) return leaveCheckVoicemail(message)
  if (event.digits === CHECK_RESPONSE.digit) {
    await proveCheck(deps, check, 'voice')
    return confirmCheck(check.language)
  }
  if (event.turn !== null && (event.digits === null || event.digits === '')) return { say: [], gather: null }
  const script = openCheckCall(message, event.attemptId)
  const turn = `check.${check.id}`
  return event.attemptId === null && script.gather ? { ...script, gather: { ...script.gather, turn } } : script
}

/**
 * What a carrier reports of it: that it can never arrive is the contact point's failure. That nobody was there proves
 * nothing, and the answer may still come; that it arrived is no proof either.
 */
export async function noteCheckStatus(
  deps: Deps,
  carrier: Carrier,
  check: CheckedPoint,
  event: Extract<CarrierEvent, { kind: 'status' }>,
): Promise<void> {
  if (event.state !== 'failed' || !event.error) return
  const now = deps.clock()
  const { reason, permanent, optedOut } = event.error
  if (optedOut) {
    await deps.store.commit([
      deps.store.people.optOut(check.address, senderOf(carrier, 'sms'), now),
      ...deps.store.checks.end(check.id, 'dropped', reason, now),
    ])
  } else if (permanent) await deps.store.commit(deps.store.checks.end(check.id, 'failed', reason, now))
}

/** The check that a text answers: the one whose code it names, else the only one there is. */
function readAnswer(checks: readonly CheckedPoint[], text: string): CheckAnswer | null {
  if (checks.length === 0) return null
  const labels = Object.fromEntries(LANGUAGES.map((language) => [language, textsIn(language).checkLabel]))
  const responses = [{ ...CHECK_RESPONSE, accepts: true, needsHelp: false, labels }]
  const openAlerts = checks.map(({ id, code }) => ({ alertId: id, code, responses }))
  const reading = readReply(text, { openAlerts, recentCodes: [] })
  if (reading.kind !== 'answer') return null
  const check = checks.find(({ id }) => id === reading.alertId)
  return check ? { check, note: reading.note } : null
}
