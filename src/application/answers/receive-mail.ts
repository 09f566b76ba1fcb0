import { foldText } from '../../domain/acknowledgements/fold-text.ts'
import { type ReplyReading, readReply } from '../../domain/acknowledgements/read-reply.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { Recipient } from '../ports/alert-store.ts'
import type { InboundMessage } from '../ports/answer-store.ts'
import type { Carrier, CarrierEvent } from '../ports/carrier.ts'
import type { CheckedPoint } from '../ports/check-store.ts'
import { findCheck, proveCheck, readMailedAnswer } from '../reach/answer-check.ts'
import { keepOnce } from './keep-text.ts'
import { recordAnswer } from './record-answer.ts'

type MailEvent = Extract<CarrierEvent, { kind: 'mail' }>

/** Whose mail was answered, as its unguessable Message-ID proves. */
interface Answered {
  alert: Alert
  recipient: Recipient
  /** Where our mail went, which need not be where the answer claims to come from. */
  address: string
}

/**
 * A mail that somebody sent to our address, or an answer that a gateway brings. A machine's mail never answers, and is shown to a
 * person only where it reads as an answer. A person's is read as the answer to the
 * message that it proves to reply to; what cannot be read for certain is kept whole for a person. A mail that proves
 * nothing is kept only where it names an open alert's code; of all others just the number is kept.
 */
export async function receiveMail(deps: Deps, carrier: Carrier, event: MailEvent): Promise<void> {
  const answered = await findAnswered(deps, event.attemptId)
  const check = answered ? null : await findCheck(deps, event.attemptId)
  if (check) return takeCheckMail(deps, carrier, event, check)
  if (!answered) return event.automatic ? count(deps, 'mails.automatic') : keepUnproven(deps, carrier, event)
  const reading = readMail(event.text, answered.alert)
  if (event.automatic) {
    // The marks of machines are sometimes on mails of people, whose answers must not be lost.
    if (reading.kind !== 'answer') return count(deps, 'mails.automatic')
    return keepUnclear(deps, carrier, event, answered, 'automatic')
  }
  switch (reading.kind) {
    case 'answer':
      return answer(deps, carrier, event, answered, reading)
    case 'opt_out':
      return optOut(deps, carrier, event, answered)
    case 'opt_in': {
      const statement = deps.store.people.optIn(answered.address, senderOf(carrier, event.channel))
      const message = toMessage(deps, carrier, event, answered, 'opt_in')
      await keepOnce(deps, message, (keep) => deps.store.commit([keep, statement]))
      return
    }
    case 'unclear':
      return keepUnclear(deps, carrier, event, answered, reading.reason)
  }
}

/** An answer to a check, or whatever else somebody replied to it: a person reads what is more than an answer. */
async function takeCheckMail(deps: Deps, carrier: Carrier, event: MailEvent, check: CheckedPoint): Promise<void> {
  if (event.automatic) return count(deps, 'mails.automatic')
  const answered = readMailedAnswer(check, event.text)
  const about = { alert: null, recipient: null }
  if (answered) {
    const plain = answered.note === null
    const message = toMessage(deps, carrier, event, about, plain ? 'answer' : 'unclear', plain ? 'check' : 'noted')
    await keepOnce(deps, message, (keep) => proveCheck(deps, check, 'email', [keep]))
    return
  }
  const reading = readReply(event.text, { openAlerts: [], recentCodes: [] })
  const stops = reading.kind === 'opt_out'
  const message = toMessage(deps, carrier, event, about, stops ? 'opt_out' : 'unclear', 'check')
  const change = stops
    ? [
        deps.store.people.optOut(check.address, senderOf(carrier, event.channel), deps.clock()),
        ...deps.store.checks.end(check.id, 'dropped', 'Its owner wants no more mails.', deps.clock()),
      ]
    : []
  await keepOnce(deps, message, (keep) => deps.store.commit([keep, ...change]))
}

async function findAnswered(deps: Deps, attemptId: string | null): Promise<Answered | null> {
  const attempt = attemptId === null ? null : parseAttemptId(attemptId)
  const context = attempt && (await deps.store.outbox.context(attempt.deliveryId))
  const recipient = context && (await deps.store.alerts.recipient(context.recipientId))
  const alert = recipient && (await deps.store.alerts.find(recipient.alertId))
  return alert && recipient && context ? { alert, recipient, address: context.address } : null
}

/**
 * Reads a mail as a reply whose alert is known. An answer needs the code, as in a text, or stands alone on the first
 * line, for people add greetings and signatures to mails; then what follows must not take it back.
 */
function readMail(text: string, alert: Alert): Exclude<ReplyReading, { kind: 'late' }> {
  const responses = alert.manifest.template.responses.map(({ label, ...option }) => ({ ...option, labels: label }))
  const context = { openAlerts: [{ alertId: alert.id, code: alert.code, responses }], recentCodes: [] }
  const whole = readReply(text, context)
  if (whole.kind === 'late') return { kind: 'unclear', reason: 'unknown_code', text }
  const first = readReply(text.split('\n')[0] ?? '', context)
  if (whole.kind !== 'unclear' || first.kind !== 'answer' || first.note !== null) return whole
  const coded = readReply(`${alert.code} ${text}`, context)
  const agrees = coded.kind === 'answer' && coded.response === first.response
  return agrees ? { ...first, note: text.trim() } : whole
}

async function answer(
  deps: Deps,
  carrier: Carrier,
  event: MailEvent,
  answered: Answered,
  reading: Extract<ReplyReading, { kind: 'answer' }>,
): Promise<void> {
  const { alert, recipient, address } = answered
  const ended = alert.state !== 'open'
  // An answer with more words is recorded, and a person reads the words.
  const message =
    reading.note === null
      ? toMessage(deps, carrier, event, answered, ended ? 'late' : 'answer')
      : toMessage(deps, carrier, event, answered, 'unclear', ended ? 'after_end' : 'noted')
  const given = { response: reading.response, channel: event.channel, at: deps.clock(), address, note: reading.note }
  await keepOnce(deps, message, (keep) =>
    recordAnswer(deps, { kind: 'service' }, alert, recipient, { id: message.id, ...given }, [keep]),
  )
}

/** No more mails by this sender; the next channel starts at once. */
async function optOut(deps: Deps, carrier: Carrier, event: MailEvent, answered: Answered): Promise<void> {
  const now = deps.clock()
  const change = [
    deps.store.people.optOut(answered.address, senderOf(carrier, event.channel), now),
    ...deps.store.outbox.giveUp(answered.recipient.id, event.channel, carrier.name, now),
  ]
  const message = toMessage(deps, carrier, event, answered, 'opt_out')
  const done = await keepOnce(deps, message, (keep) => deps.store.commit([keep, ...change]))
  if (done !== null) deps.nudge()
}

async function keepUnproven(deps: Deps, carrier: Carrier, event: MailEvent): Promise<void> {
  const named = [...new Set(foldText(event.whole).match(/(?<!\d)\d{4,5}(?!\d)/g))]
  const [alert] = await deps.store.alerts.openByCodes(named)
  if (!alert) return count(deps, 'mails.ignored')
  return keepUnclear(deps, carrier, event, { alert, recipient: null }, 'unproven')
}

async function keepUnclear(
  deps: Deps,
  carrier: Carrier,
  event: MailEvent,
  about: { alert: Alert; recipient: Recipient | null },
  reason: string,
): Promise<void> {
  const message = toMessage(deps, carrier, event, about, 'unclear', reason)
  const note = deps.store.alerts.note({
    id: deps.newId(),
    alertId: about.alert.id,
    at: deps.clock(),
    kind: 'unclear',
    recipientId: message.recipientId,
    data: { reason, channel: event.channel },
  })
  await keepOnce(deps, message, (keep) => deps.store.commit([keep, note]))
}

function toMessage(
  deps: Deps,
  carrier: Carrier,
  event: MailEvent,
  { alert, recipient }: { alert: Alert | null; recipient: Recipient | null },
  outcome: InboundMessage['outcome'],
  reason: string | null = null,
): InboundMessage {
  return {
    // With the attempt in it, so that nobody can use up the name of somebody else's answer.
    id: `${carrier.name}:${event.attemptId ?? 'unproven'}:${event.messageId}`,
    carrier: carrier.name,
    channel: event.channel,
    from: event.from,
    text: hideLinks(event.whole),
    at: deps.clock(),
    outcome,
    reason,
    alertId: alert?.id ?? null,
    recipientId: recipient?.id ?? null,
  }
}

/** A quoted link would let whoever reads the board answer in that person's name. */
function hideLinks(text: string): string {
  return text.replace(/\/([acd])\/[\w-]{16,}/g, '/$1/…')
}

async function count(deps: Deps, name: 'mails.automatic' | 'mails.ignored'): Promise<void> {
  await deps.store.commit([deps.store.records.count(name)])
}
