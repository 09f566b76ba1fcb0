import type { ReplyReading } from '../../domain/acknowledgements/read-reply.ts'
import { offeredResponses } from '../../domain/alerts/localise.ts'
import { MINUTE } from '../../domain/clock.ts'
import { emergencyNumber } from '../../domain/messages/emergency-number.ts'
import { formatUtcClock } from '../../domain/messages/format-time.ts'
import { textsIn } from '../../domain/messages/language-texts.ts'
import { describeEnd } from '../../domain/messages/purpose-texts.ts'
import { findAlert } from '../alerts/find-alert.ts'
import type { Deps } from '../deps.ts'
import type { InboundMessage } from '../ports/answer-store.ts'
import type { CallbackReply } from '../ports/carrier.ts'
import type { Statement } from '../ports/statement.ts'
import { type Caller, REMEMBERED } from './find-callers.ts'
import { keepOnce, type ReceivedText } from './keep-text.ts'
import { findSame, keepUnclear } from './keep-unclear.ts'
import { type AnswerOutcome, recordAnswer } from './record-answer.ts'

type Answer = Extract<ReplyReading, { kind: 'answer' }>
type LateAnswer = Extract<ReplyReading, { kind: 'late' }>

/** Within this time the same answer by text again is the same answer: sent twice, or by two ways of the network. */
const AGAIN = 10 * MINUTE

/** A text that answers an open alert. One with more words is recorded, and a person reads the words. */
export async function answerByText(
  deps: Deps,
  caller: Caller,
  reading: Answer,
  text: ReceivedText,
): Promise<CallbackReply> {
  const { alert, recipient } = caller
  const outcome = reading.note === null ? 'answer' : 'unclear'
  const reason = reading.note === null ? null : 'noted'
  const message: InboundMessage = { ...text, outcome, reason, alertId: alert.id, recipientId: recipient.id }
  if (await isAgain(deps, caller, reading.response, text.at)) {
    const earlier = reading.note === null ? [] : await deps.store.answers.unclearFrom(text.from, text.at - REMEMBERED)
    const waiting = findSame(
      earlier.filter(({ alertId }) => alertId === alert.id),
      text.text,
      0,
    )
    if (reading.note === null || waiting) {
      await keepOnce(deps, message, (keep) => deps.store.commit([keep]), waiting?.id ?? null)
      return { text: null }
    }
  }
  const done = await keepOnce(deps, message, (keep) =>
    record(deps, caller, reading.response, reading.note, text, [keep]),
  )
  if (done === null || done === 'repeated') return { text: null }
  // It was closed while this was read.
  if (done === 'late') return { text: await describeLate(deps, caller, reading.response) }
  return { text: textsIn(recipient.language).recorded(optionOf(caller, reading.response)?.label ?? reading.response) }
}

/**
 * A text that answers an alert that has ended: kept on that alert, and said so. A person reads it when it says more than
 * an answer, or asks for help.
 */
export async function answerLate(
  deps: Deps,
  caller: Caller,
  reading: LateAnswer,
  text: ReceivedText,
): Promise<CallbackReply> {
  const { response, note } = reading
  if (response === null) return keepUnclear(deps, text, [caller], 'after_end')
  if (note !== null || optionOf(caller, response)?.needsHelp) {
    const act = (statements: readonly Statement[]) => record(deps, caller, response, note, text, statements)
    return keepUnclear(deps, text, [caller], note === null ? 'help' : 'after_end', act)
  }
  const { alert, recipient } = caller
  const message: InboundMessage = {
    ...text,
    outcome: 'late',
    reason: null,
    alertId: alert.id,
    recipientId: recipient.id,
  }
  if (await isAgain(deps, caller, response, text.at)) {
    await keepOnce(deps, message, (keep) => deps.store.commit([keep]))
    return { text: null }
  }
  const done = await keepOnce(deps, message, (keep) => record(deps, caller, response, note, text, [keep]))
  return { text: done === null || done === 'repeated' ? null : await describeLate(deps, caller, response) }
}

/** Whether the same answer came by text a moment ago and nothing since has changed it. */
async function isAgain(deps: Deps, { recipient }: Caller, response: string, now: number): Promise<boolean> {
  const latest = await deps.store.answers.latest(recipient.id)
  if (!latest || (recipient.response !== null && recipient.response !== response)) return false
  const { answer } = latest
  return answer.response === response && answer.channel === 'sms' && answer.receivedAt > now - AGAIN
}

function record(
  deps: Deps,
  { alert, recipient }: Caller,
  response: string,
  note: string | null,
  { id, from, at }: ReceivedText,
  statements: readonly Statement[],
): Promise<AnswerOutcome> {
  const given = { id, response, channel: 'sms', at, address: from, note }
  return recordAnswer(deps, { kind: 'service' }, alert, recipient, given, statements)
}

async function describeLate(deps: Deps, caller: Caller, response: string): Promise<string> {
  const alert = await findAlert(deps, caller.alert.id)
  const texts = textsIn(caller.recipient.language)
  const kept = optionOf(caller, response)?.needsHelp
    ? `${texts.willBeRead} ${texts.inDanger(emergencyNumber(deps.settings.region))}`
    : texts.kept
  const ended = texts.ended(formatUtcClock(alert.closedAt ?? alert.endsAt))
  return [ended, ...describeEnd(alert, caller.recipient.language), kept].join(' ')
}

function optionOf({ alert, recipient }: Caller, response: string) {
  return offeredResponses(alert.manifest, recipient.language).find(({ code }) => code === response)
}
