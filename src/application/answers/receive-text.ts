import { type ReplyReading, readReply } from '../../domain/acknowledgements/read-reply.ts'
import { offeredResponses } from '../../domain/alerts/localise.ts'
import { emergencyNumber } from '../../domain/messages/emergency-number.ts'
import { formatUtcClock } from '../../domain/messages/format-time.ts'
import { textsIn } from '../../domain/messages/language-texts.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { InboundMessage } from '../ports/answer-store.ts'
import type { CallbackReply, Carrier, CarrierEvent } from '../ports/carrier.ts'
import type { Statement } from '../ports/statement.ts'
import { type Caller, findCallers } from './find-callers.ts'
import { recordAnswer } from './record-answer.ts'

type TextEvent = Extract<CarrierEvent, { kind: 'text' }>
const NOTHING = { text: null }

/**
 * A text that somebody sent to one of our numbers. What cannot be read for certain changes nothing: it is kept whole
 * for a person and gets one calm reply. A text that is delivered again gets no second reply.
 */
export async function receiveText(deps: Deps, carrier: Carrier, event: TextEvent): Promise<CallbackReply> {
  const { open, ended } = await findCallers(deps, event.from)
  const reading = event.optOut ? optedOut(event.optOut) : readReply(event.text, grammarOf(open, ended))
  const language = (open[0] ?? ended[0])?.recipient.language ?? deps.settings.language
  const texts = textsIn(language)
  const kept = keeper(deps, carrier, event)

  switch (reading.kind) {
    case 'opt_out': {
      const reply = (await keepOnce(deps, kept('opt_out'), await optOut(deps, carrier, event.from, open)))
        ? texts.optedOut(deps.settings.organisation)
        : null
      // The carrier answers its own stop words; a second reply to an opted-out phone would be refused.
      return { text: event.optOut ? null : reply }
    }
    case 'opt_in': {
      const fresh = await keepOnce(deps, kept('opt_in'), [
        deps.store.people.optIn(event.from, senderOf(carrier, 'sms')),
      ])
      return { text: fresh && !event.optOut ? texts.optedIn(deps.settings.organisation) : null }
    }
    case 'late': {
      const caller = ended.find(({ alert }) => alert.id === reading.alertId)
      if (!caller) return unclear(deps, kept, open, 'unknown_code', language)
      return lateAnswer(deps, caller, reading, event, kept, language)
    }
    case 'answer': {
      const callers = open.filter(({ alert }) => alert.id === reading.alertId)
      const [caller] = callers
      if (!caller || callers.length > 1) return unclear(deps, kept, callers, 'shared_phone', language)
      return answer(deps, carrier, caller, reading, event, kept)
    }
    case 'unclear':
      return unclear(deps, kept, open, reading.reason, language)
  }
}

type Keep = (outcome: InboundMessage['outcome'], caller?: Caller, reason?: string) => InboundMessage

function keeper(deps: Deps, carrier: Carrier, event: TextEvent): Keep {
  return (outcome, caller, reason) => ({
    id: `${carrier.name}:${event.messageId}`,
    carrier: carrier.name,
    channel: 'sms',
    from: event.from,
    text: event.text,
    at: deps.clock(),
    outcome,
    reason: reason ?? null,
    alertId: caller?.alert.id ?? null,
    recipientId: caller?.recipient.id ?? null,
  })
}

function optedOut(word: 'stop' | 'start'): ReplyReading {
  return { kind: word === 'stop' ? 'opt_out' : 'opt_in' }
}

function grammarOf(open: readonly Caller[], ended: readonly Caller[]): Parameters<typeof readReply>[1] {
  const describe = (callers: readonly Caller[]) =>
    [...new Map(callers.map(({ alert }) => [alert.id, alert])).values()].map((alert) => ({
      alertId: alert.id,
      code: alert.code,
      responses: alert.manifest.template.responses.map(({ label, ...option }) => ({ ...option, labels: label })),
    }))
  return { openAlerts: describe(open), recentCodes: describe(ended) }
}

/** Keeps a text and does what it asks for, the first time it arrives; answers whether it was the first time. */
async function keepOnce(deps: Deps, message: InboundMessage, more: readonly Statement[]): Promise<boolean> {
  const [kept] = await deps.store.commit([deps.store.answers.keep(message), ...more])
  return (kept?.length ?? 0) > 0
}

/** No more texts by this sender; whoever waits for an answer here is tried on the next channel at once. */
async function optOut(deps: Deps, carrier: Carrier, from: string, open: readonly Caller[]): Promise<Statement[]> {
  deps.nudge()
  const now = deps.clock()
  return [
    deps.store.people.optOut(from, senderOf(carrier, 'sms'), now),
    ...open.flatMap(({ recipient }) => deps.store.outbox.giveUp(recipient.id, 'sms', carrier.name, now)),
  ]
}

async function answer(
  deps: Deps,
  carrier: Carrier,
  caller: Caller,
  reading: Extract<ReplyReading, { kind: 'answer' }>,
  event: TextEvent,
  kept: Keep,
): Promise<CallbackReply> {
  const { alert, recipient } = caller
  // An answer with more words is recorded, and a person reads the words.
  const keep = deps.store.answers.keep(
    reading.note === null ? kept('answer', caller) : kept('unclear', caller, 'noted'),
  )
  const outcome = await recordAnswer(
    deps,
    { kind: 'service' },
    alert,
    recipient,
    {
      id: `${carrier.name}:${event.messageId}`,
      response: reading.response,
      channel: 'sms',
      at: deps.clock(),
      address: event.from,
      note: reading.note,
    },
    [keep],
  )
  if (outcome === 'repeated') return NOTHING
  const option = offeredResponses(alert.manifest, recipient.language).find(({ code }) => code === reading.response)
  return { text: textsIn(recipient.language).recorded(option?.label ?? reading.response) }
}

async function lateAnswer(
  deps: Deps,
  caller: Caller,
  reading: Extract<ReplyReading, { kind: 'late' }>,
  event: TextEvent,
  kept: Keep,
  language: string,
): Promise<CallbackReply> {
  const { alert, recipient } = caller
  const message = kept('late', caller)
  if (reading.response === null) {
    if (!(await keepOnce(deps, message, []))) return NOTHING
  } else {
    const given = {
      response: reading.response,
      channel: 'sms',
      at: deps.clock(),
      address: event.from,
      note: reading.note,
    }
    const keep = deps.store.answers.keep(message)
    const outcome = await recordAnswer(deps, { kind: 'service' }, alert, recipient, { id: message.id, ...given }, [
      keep,
    ])
    if (outcome === 'repeated') return NOTHING
  }
  return { text: textsIn(language).ended(formatUtcClock(alert.closedAt ?? alert.endsAt)) }
}

async function unclear(
  deps: Deps,
  kept: Keep,
  callers: readonly Caller[],
  reason: string,
  language: string,
): Promise<CallbackReply> {
  const [newest] = callers
  const people = new Set(callers.map(({ recipient }) => recipient.personId))
  const message = kept('unclear', newest, reason)
  const named = people.size > 1 ? { ...message, recipientId: null } : message
  const note = newest && {
    id: deps.newId(),
    alertId: newest.alert.id,
    at: deps.clock(),
    kind: 'unclear',
    recipientId: named.recipientId,
    data: { reason },
  }
  const fresh = await keepOnce(deps, named, note ? [deps.store.alerts.noteIfChanged(note)] : [])
  if (!fresh) return NOTHING
  const texts = textsIn(language)
  return { text: newest ? texts.unclear(emergencyNumber(deps.settings.region)) : texts.noOpenAlert }
}
