import type { Alert } from '../alerts/alert.ts'
import { cleanBlock } from './clean-text.ts'
import { formatUtcClock } from './format-time.ts'
import { textsIn } from './language-texts.ts'
import type { MessageParts } from './message.ts'
import { type AnswerablePurpose, offersAnswers, type Purpose } from './purpose.ts'

/** The first words after the organisation; null for an alert itself. */
export function markOf(purpose: Purpose, language: string): string | null {
  const texts = textsIn(language)
  const marks: Record<Purpose, string | null> = {
    alert: null,
    update: texts.update,
    all_clear: texts.allClear,
    expired: texts.expired,
    cancelled: texts.cancelled,
    in_error: texts.inError,
    ending: texts.ending,
    not_needed: texts.notNeeded,
    needed_again: texts.neededAgain,
    card: texts.card,
    check: null,
  }
  return marks[purpose]
}

/** What stands before everything else, so that nobody takes it for what it is not; empty for a live alert. */
export function leadOf({ kind, purpose, language }: Pick<MessageParts, 'kind' | 'purpose' | 'language'>): string {
  const texts = textsIn(language)
  if (purpose === 'check') return texts.noEmergency
  return kind === 'drill' ? texts.drillMark : ''
}

/** What a message says: at the end of an alert its instructions must not be read once more. */
export function bodyOf(message: Pick<MessageParts, 'purpose' | 'language' | 'body' | 'remark' | 'endsAt'>): string {
  const said = saidAtEnd(message)
  if (said === null) return cleanBlock(message.body)
  return [said, cleanBlock(message.remark ?? '')].filter((part) => part !== '').join('\n')
}

function saidAtEnd({
  purpose,
  language,
  endsAt,
}: Pick<MessageParts, 'purpose' | 'language' | 'endsAt'>): string | null {
  if (offersAnswers(purpose)) return null
  const texts = textsIn(language)
  const bodies: Record<Exclude<Purpose, AnswerablePurpose | 'check'>, string> = {
    all_clear: texts.allClearBody,
    expired: texts.expiredBody,
    cancelled: texts.cancelledBody,
    in_error: texts.inErrorBody,
    ending: texts.endingBody(formatUtcClock(endsAt)),
    not_needed: texts.notNeededBody,
    card: texts.cardBody,
  }
  return bodies[purpose]
}

/** What is said of an alert that is over beside the time of its end: only where it does not apply at all. */
export function describeEnd({ state, endRemark }: Pick<Alert, 'state' | 'endRemark'>, language: string): string[] {
  if (state !== 'cancelled' && state !== 'in_error') return []
  return bodyOf({ purpose: state, language, body: '', remark: endRemark ?? '', endsAt: 0 }).split('\n')
}
