import type { Alert } from '../../domain/alerts/alert.ts'
import { newestTexts, offeredResponses, textsForRecipient, textsOfUpdate } from '../../domain/alerts/localise.ts'
import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'
import { emergencyNumber } from '../../domain/messages/emergency-number.ts'
import { textsIn } from '../../domain/messages/language-texts.ts'
import { isAnswerable } from '../../domain/messages/purpose.ts'
import { describeEnd } from '../../domain/messages/purpose-texts.ts'
import {
  askAgain,
  askWhich,
  confirmAnswer,
  leaveVoicemail,
  openAlertCall,
  repeatAlert,
  type SpokenAlert,
  sayEnd,
  sayEnded,
  sayNothingOpen,
} from '../../domain/messages/write-voice.ts'
import { findAlert } from '../alerts/find-alert.ts'
import type { Deps } from '../deps.ts'
import { wordOf } from '../people/authentic-words.ts'
import type { Recipient } from '../ports/alert-store.ts'
import type { CallbackReply, Carrier, CarrierEvent, VoiceScript } from '../ports/carrier.ts'
import { findCheck, findRungBack, leadCheckCall } from '../reach/answer-check.ts'
import { type Caller, findCallers } from './find-callers.ts'
import { recordAnswer } from './record-answer.ts'

/** With what is said of it when it has ended. */
type EndingAlert = SpokenAlert & { endsAt: number; remark: string }

type CallEvent = Extract<CarrierEvent, { kind: 'call' }>

/**
 * A call: one of ours that was picked up, or somebody who rings back and meets his or her own open alert.
 * The question that was put comes back with the key and names whom it was put to, so that nothing is kept in between.
 */
export async function receiveCall(deps: Deps, carrier: Carrier, event: CallEvent): Promise<CallbackReply> {
  const script = event.attemptId === null ? await takeCall(deps, carrier, event) : await leadCall(deps, carrier, event)
  return { script }
}

/** A call that we placed. */
async function leadCall(deps: Deps, carrier: Carrier, event: CallEvent): Promise<VoiceScript> {
  const { store } = deps
  const attempt = event.attemptId === null ? null : parseAttemptId(event.attemptId)
  const context = attempt && (await store.outbox.context(attempt.deliveryId))
  const recipient = context && (await store.alerts.recipient(context.recipientId))
  const alert = recipient && (await store.alerts.find(recipient.alertId))
  const check = context ? null : await findCheck(deps, event.attemptId)
  if (check) return leadCheckCall(deps, check, event)
  if (!attempt || !recipient || !alert) return sayNothingOpen(deps.settings.language)

  const spoken = speakable(deps, alert, recipient, context.purpose === 'update' ? context.update : null)
  if (event.machine) {
    await store.commit(
      store.outbox.report(
        { ...attempt, by: { carrier: carrier.name, providerId: event.callId } },
        { state: 'voicemail' },
        deps.clock(),
      ),
    )
    return leaveVoicemail(spoken)
  }
  if (event.turn === null) {
    await store.commit(
      store.outbox.report(
        { ...attempt, by: { carrier: carrier.name, providerId: event.callId } },
        { state: 'delivered' },
        deps.clock(),
      ),
    )
    if (!isAnswerable(context.purpose)) return sayEnd(spoken, context.purpose)
    return alert.state === 'open' ? openAlertCall(spoken, event.attemptId, context.purpose) : ended(alert, spoken)
  }
  return takeKey(deps, carrier, event, { alert, recipient }, context.address)
}

/** A call that somebody placed to one of our numbers. */
async function takeCall(deps: Deps, carrier: Carrier, event: CallEvent): Promise<VoiceScript> {
  const { open, ended: over } = await findCallers(deps, event.number)
  const [question, ...ids] = (event.turn ?? '').split('.')
  if (question === 'choose') {
    const caller = open.find(({ recipient }) => recipient.id === ids[Number(event.digits) - 1])
    return caller ? greet(deps, caller) : greetAll(deps, open, over)
  }
  if (question === 'answer') {
    const caller = [...open, ...over].find(({ recipient }) => recipient.id === ids[0])
    return caller ? takeKey(deps, carrier, event, caller, event.number) : greetAll(deps, open, over)
  }
  // Alerts come first; whoever has none and is being asked by a check answers that.
  const check = open.length > 0 ? null : await findRungBack(deps, event.number)
  if (check) return leadCheckCall(deps, check, event)
  return greetAll(deps, open, over)
}

function greetAll(deps: Deps, open: readonly Caller[], over: readonly Caller[]): VoiceScript {
  const [caller] = open
  if (!caller) {
    const [last] = over
    if (!last) return sayNothingOpen(deps.settings.language)
    return ended(last.alert, speakable(deps, last.alert, last.recipient))
  }
  if (open.length === 1) return greet(deps, caller)
  const people = new Set(open.map(({ recipient }) => recipient.personId))
  const alerts = new Set(open.map(({ alert }) => alert.id))
  const choices = open.slice(0, 9)
  const names = choices.map(({ alert, recipient }) => {
    const { title } = newestTexts(alert, recipient.language)
    if (people.size === 1) return title
    return alerts.size === 1 ? recipient.name : `${recipient.name}, ${title}`
  })
  const script = askWhich(people.size === 1 ? 'alert' : 'person', names, caller.recipient.language)
  return withTurn(script, ['choose', ...choices.map(({ recipient }) => recipient.id)])
}

function greet(deps: Deps, { alert, recipient }: Caller): VoiceScript {
  return withTurn(openAlertCall(speakable(deps, alert, recipient), null), ['answer', recipient.id])
}

/** A key that was pressed proves that a human heard; a digit that is offered is the answer. */
async function takeKey(
  deps: Deps,
  carrier: Carrier,
  event: CallEvent,
  caller: Caller,
  address: string,
): Promise<VoiceScript> {
  const { alert, recipient } = caller
  const spoken = speakable(deps, alert, recipient)
  const turn = (script: VoiceScript) => (event.attemptId === null ? withTurn(script, ['answer', recipient.id]) : script)
  const { digits } = event
  // Nothing was pressed: the message has been repeated already, so the call may end.
  if (digits === null || digits === '') return { say: [], gather: null }
  if (alert.state === 'open') await deps.store.commit([deps.store.answers.hear(recipient.id, deps.clock())])
  if (digits === '*') return turn(repeatAlert(spoken, event.attemptId))
  const option = offeredResponses(alert.manifest, recipient.language).find((offered) => offered.digit === digits)
  if (!option) return alert.state === 'open' ? turn(askAgain(spoken, event.attemptId)) : ended(alert, spoken)
  const outcome = await recordAnswer(deps, { kind: 'service' }, alert, recipient, {
    id: `${carrier.name}:${event.callId}:${digits}`,
    response: option.code,
    channel: 'voice',
    at: deps.clock(),
    address,
    note: null,
  })
  if (outcome !== 'late') return confirmAnswer(option.label, recipient.language)
  const texts = textsIn(spoken.language)
  const danger = texts.inDanger(emergencyNumber(deps.settings.region))
  return ended(await findAlert(deps, alert.id), spoken, option.needsHelp ? [texts.willBeRead, danger] : [texts.kept])
}

/** @param update the number of the update that a call of ours brings; null for what the person has to know now */
function speakable({ vault }: Deps, alert: Alert, recipient: Recipient, update: number | null = null): EndingAlert {
  const { language, title, body } =
    update === null ? textsForRecipient(alert, recipient) : textsOfUpdate(alert, update, recipient.language)
  const { organisation } = alert.manifest
  const responses = offeredResponses(alert.manifest, language)
  const remark = alert.state === 'cancelled' ? (alert.endRemark ?? '') : ''
  const { kind, raisedAt, endsAt } = alert
  return {
    kind,
    language,
    organisation,
    title,
    body,
    responses,
    raisedAt,
    endsAt,
    remark,
    word: wordOf(vault, recipient),
  }
}

function ended(alert: Alert, spoken: SpokenAlert, more: readonly string[] = []): VoiceScript {
  const { language } = spoken
  return sayEnded(alert.closedAt ?? alert.endsAt, language, [...describeEnd(alert, language), ...more])
}

function withTurn(script: VoiceScript, turn: readonly string[]): VoiceScript {
  return script.gather ? { ...script, gather: { ...script.gather, turn: turn.join('.') } } : script
}
