import type { ReadableOption } from '../../domain/acknowledgements/answer-words.ts'
import { namesCode, type ReplyReading, readReply } from '../../domain/acknowledgements/read-reply.ts'
import type { Manifest } from '../../domain/alerts/alert.ts'
import { textsIn } from '../../domain/messages/language-texts.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { InboundMessage } from '../ports/answer-store.ts'
import type { CallbackReply, Carrier } from '../ports/carrier.ts'
import type { CheckedPoint } from '../ports/check-store.ts'
import { type CheckAnswer, checksOf, proveCheck, readBareAnswer, readCodedAnswer } from '../reach/answer-check.ts'
import { answerByText, answerLate } from './answer-by-text.ts'
import { type Caller, findCallers } from './find-callers.ts'
import { keepOnce, type ReceivedText, receivedText, type TextEvent } from './keep-text.ts'
import { keepUnclear } from './keep-unclear.ts'

/**
 * A text that somebody sent to one of our numbers. What cannot be read for certain changes nothing: it is kept whole
 * for a person and gets one calm reply. A text that is delivered again does nothing and gets no second reply.
 */
export async function receiveText(deps: Deps, carrier: Carrier, event: TextEvent): Promise<CallbackReply> {
  const text = receivedText(deps, carrier, event)
  if (await deps.store.answers.isKept(text.id)) return { text: null }
  const { open, ended } = await findCallers(deps, event.from)
  const reading = event.optOut ? optedOut(event.optOut) : readReply(event.text, grammarOf(open, ended))

  const checks = reading.kind === 'opt_out' || reading.kind === 'opt_in' ? [] : await checksOf(deps, event.from)
  const answered =
    readCodedAnswer(checks, event.text) ??
    (isAskedByCheck(checks, open, ended) ? readBareAnswer(checks, event.text) : null)
  if (answered) return takeCheck(deps, answered, text, open.length > 0 ? open : ended)
  if (reading.kind === 'answer' && isDoubtful(checks, open, event.text)) {
    return keepUnclear(deps, text, open, 'several_open')
  }

  switch (reading.kind) {
    case 'opt_out':
    case 'opt_in':
      return changeOptOut(deps, carrier, event, text, reading.kind, open)
    case 'late':
    case 'answer': {
      const callers = (reading.kind === 'late' ? ended : open).filter(({ alert }) => alert.id === reading.alertId)
      const [caller] = callers
      if (!caller || callers.length > 1) return keepUnclear(deps, text, callers, 'shared_phone')
      return reading.kind === 'late'
        ? answerLate(deps, caller, reading, text)
        : answerByText(deps, caller, reading, text)
    }
    case 'unclear': {
      const callers = open.length > 0 ? open : ended
      const reason = open.length > 0 ? reading.reason : ended.length > 0 ? 'after_end' : 'unknown_sender'
      return keepUnclear(deps, text, callers, reason)
    }
  }
}

/** Whether the last thing that a phone was asked is a check: no alert is open there, and none was since. */
function isAskedByCheck(checks: readonly CheckedPoint[], open: readonly Caller[], ended: readonly Caller[]): boolean {
  if (open.length > 0) return false
  const over = Math.max(0, ...ended.map(({ alert }) => alert.closedAt ?? alert.endsAt))
  return checks.some(({ state, sentAt }) => state === 'sent' && (sentAt ?? 0) > over)
}

/** Whether an answer without a code may mean a check that went out after the alert: then a person reads it. */
function isDoubtful(checks: readonly CheckedPoint[], open: readonly Caller[], text: string): boolean {
  const raised = Math.max(0, ...open.map(({ alert }) => alert.raisedAt))
  const asked = checks.some(({ state, sentAt }) => state === 'sent' && (sentAt ?? 0) >= raised)
  return asked && !open.some(({ alert }) => namesCode(text, alert.code))
}

/** A contact point still reaches its owner, which answers no alert. What else a text says is read by a person. */
async function takeCheck(
  deps: Deps,
  { check, note }: CheckAnswer,
  text: ReceivedText,
  callers: readonly Caller[],
): Promise<CallbackReply> {
  if (note !== null) {
    return keepUnclear(deps, text, callers, 'noted', (statements) => proveCheck(deps, check, 'sms', statements))
  }
  const message: InboundMessage = { ...text, outcome: 'answer', reason: 'check', alertId: null, recipientId: null }
  const done = await keepOnce(deps, message, (keep) => proveCheck(deps, check, 'sms', [keep]).then(() => true))
  return { text: done === null ? null : textsIn(check.language).checkDone }
}

function optedOut(word: 'stop' | 'start'): ReplyReading {
  return { kind: word === 'stop' ? 'opt_out' : 'opt_in' }
}

function grammarOf(open: readonly Caller[], ended: readonly Caller[]): Parameters<typeof readReply>[1] {
  const describe = (callers: readonly Caller[]) =>
    [...new Map(callers.map(({ alert }) => [alert.id, alert])).values()].map((alert) => ({
      alertId: alert.id,
      code: alert.code,
      responses: readableOptions(alert.manifest),
    }))
  return { openAlerts: describe(open), recentCodes: describe(ended) }
}

const readable = new WeakMap<Manifest, ReadableOption[]>()

/** The same list for the same manifest, so that what is read from it is read once. */
function readableOptions(manifest: Manifest): ReadableOption[] {
  const known = readable.get(manifest)
  if (known) return known
  const options = manifest.template.responses.map(({ label, ...option }) => ({ ...option, labels: label }))
  readable.set(manifest, options)
  return options
}

/**
 * No more texts by this sender, or texts again. Whoever waits for an answer is then tried on the next channel at once.
 * The carrier answers its own stop words; a second reply to an opted-out phone would be refused.
 */
async function changeOptOut(
  deps: Deps,
  carrier: Carrier,
  event: TextEvent,
  text: ReceivedText,
  outcome: 'opt_out' | 'opt_in',
  open: readonly Caller[],
): Promise<CallbackReply> {
  const { people, outbox, commit } = deps.store
  const sender = senderOf(carrier, 'sms')
  const change =
    outcome === 'opt_in'
      ? [people.optIn(event.from, sender)]
      : [
          people.optOut(event.from, sender, text.at),
          ...open.flatMap(({ recipient }) => outbox.giveUp(recipient.id, 'sms', carrier.name, text.at)),
        ]
  const message: InboundMessage = { ...text, outcome, reason: null, alertId: null, recipientId: null }
  const done = await keepOnce(deps, message, (keep) => commit([keep, ...change]))
  if (done === null) return { text: null }
  if (outcome === 'opt_out') deps.nudge()
  const texts = textsIn(open[0]?.recipient.language ?? deps.settings.language)
  const said = outcome === 'opt_out' ? texts.optedOut : texts.optedIn
  return { text: event.optOut ? null : said(deps.settings.organisation) }
}
