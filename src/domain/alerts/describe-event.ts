import { formatUtc, formatUtcClock } from '../messages/format-time.ts'
import { explainDecision } from '../strategies/explain-decision.ts'
import type { Alert, UpdateAudience } from './alert.ts'
import { offeredResponses } from './localise.ts'

/** One sentence of the timeline, the same on screen, on the command line and in the report. */
export function describeEvent(
  alert: Alert,
  kind: string,
  name: string | null,
  data: Record<string, unknown>,
  nameOf: (person: string) => string,
): string {
  const who = name ?? 'Somebody'
  switch (kind) {
    case 'raised':
      return `Raised as ${alert.kind === 'drill' ? 'DRILL' : 'LIVE'} by ${data.by} to ${people(data.audience)}`
    case 'answered':
      return `${who} answered "${labelOf(alert, data.response)}" by ${data.channel}${circumstances(data)}`
    case 'unclear':
      if (data.channel === 'email') return `${who} sent a mail that a person must read`
      if (data.channel === 'webhook') return `${who} answered by a gateway what a person must read`
      return `${name ?? SENDERS[String(data.sender)] ?? 'A shared phone'} sent a text that a person must read`
    case 'step_passed':
      return `Step ${Number(data.step) + 1} of the plan had no contact point for ${people(data.people)} and was passed at once`
    case 'closed':
      return `Closed by ${data.by}; the all-clear goes to everyone who may have received the alert`
    case 'updated':
      return `Updated by ${data.by} for ${AUDIENCE_WORDS[data.audience as UpdateAudience] ?? 'everyone'}`
    case 'cancelled':
      return `Cancelled by ${data.by}; everyone who may have received the alert is told so`
    case 'in_error':
      return `Called an error by ${data.by}; everyone who may have received the alert is told that it was sent in error`
    case 'added':
      return `${people(data.people)} added by ${data.by}${fromTrees(data.trees)}`
    case 'ending':
      return `Nobody has closed it: it ends by itself at ${formatUtcClock(Number(data.until))}. ${people(data.told)} told`
    case 'extended':
      return `Let go on by ${data.by} until ${formatUtc(Number(data.until))}`
    case 'expired':
      return 'Ended by its lifetime, because nobody closed it'
    case 'settled':
      return `${data.by} has read an unclear answer`
    case 'person_removed':
      return `${who} was taken out of the people by ${data.by} and is contacted no more`
    case 'point_passed':
      return `${people(data.people)} could not be contacted by ${data.channel}: ${data.reason}`
    case 'spend_cap_met':
      return `This drill has cost ${data.cap} by "${data.carrier}", its cap: ${data.next ? `"${data.next}" takes what is left` : 'nothing more goes by it'}`
    case 'spend_cap_passed':
      return `WARNING: this alert has cost more than ${data.cap} by "${data.carrier}", its cap. It goes on: a live alert is never cut off`
    case 'carrier_failing':
      return `Carrier "${data.carrier}" fails for ${data.channel} (${data.reason}); ${data.next ? `"${data.next}" takes over what it has not taken` : 'no other carrier is there'}`
    case 'carrier_back':
      return `Carrier "${data.carrier}" works again for ${data.channel}`
    default:
      return explainDecision(kind, data, nameOf) ?? kind
  }
}

const AUDIENCE_WORDS: Record<UpdateAudience, string> = {
  all: 'everyone',
  acknowledged: 'those who had answered',
  silent: 'those who had not answered',
}

/** Who sent a text when it was not one recipient of this alert. */
const SENDERS: Record<string, string> = {
  unknown: 'An unknown phone',
  earlier: 'A recipient of an alert that has ended',
}

function circumstances(data: Record<string, unknown>): string {
  return [
    data.onBehalf ? `, recorded by ${data.recordedBy ?? 'somebody else'}` : '',
    data.late ? ' after the end' : '',
    data.overtaken ? ', before the answer that stands' : '',
  ].join('')
}

const UNCLEAR: Record<string, string> = {
  unknown_code: 'It carries a code that no alert has.',
  contradiction: 'It gives two different answers.',
  no_code: 'It does not say which alert it answers.',
  no_answer_word: 'It holds none of the answers.',
  negation: 'It may mean the opposite of the word in it.',
  empty: 'It is empty.',
  several_open: 'Several alerts are open on this phone.',
  noted: 'The answer is recorded; it says more than that.',
  automatic: 'A machine may have written it, so nothing is recorded.',
  unproven: 'It answers no message of ours, so its sender is not proven.',
  shared_phone: 'Several people share this phone.',
  question: 'It may be a question, not an answer.',
  after_end: 'It came after the alert had ended.',
  unknown_sender: 'It came from a phone that no recipient has.',
  help: 'Somebody asked for help after the end, or before another answer. Ask how it is now.',
}

/** Why no machine could read an answer, for the person who will. */
export function describeUnclear(reason: string): string {
  return UNCLEAR[reason] ?? 'It could not be read for certain.'
}

function fromTrees(trees: unknown): string {
  return Array.isArray(trees) && trees.length > 0 ? ` from ${trees.join(', ')}` : ''
}

function labelOf(alert: Alert, response: unknown): string {
  const options = offeredResponses(alert.manifest, alert.manifest.fallbackLanguage)
  return options.find((option) => option.code === response)?.label ?? String(response)
}

function people(count: unknown): string {
  return count === 1 ? '1 person' : `${count} people`
}
