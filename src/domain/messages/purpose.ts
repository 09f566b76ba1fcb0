import type { EndState } from '../alerts/alert.ts'

/**
 * Why a message goes out.
 *
 * - `alert`: the alert itself, with the newest text that is meant for whoever has not answered.
 * - `update`: a new text, to where anything of the alert may have arrived.
 * - `all_clear`, `expired`, `cancelled`, `in_error`: its end, by how it ended.
 * - `ending`: to those who run it, that nobody has closed it and that it ends soon.
 * - `not_needed`: that a quorum is filled without this person; `needed_again`: that it is not after all.
 * - `card`: to whoever is to phone others.
 * - `check`: outside any alert, whether a contact point still reaches its owner.
 */
export const PURPOSES = [
  'alert',
  'update',
  'all_clear',
  'expired',
  'cancelled',
  'in_error',
  'ending',
  'not_needed',
  'needed_again',
  'card',
  'check',
] as const
export type Purpose = (typeof PURPOSES)[number]
export type EndPurpose = 'all_clear' | Exclude<EndState, 'closed'>

/** How the end of an alert is told, by the state it ended in. */
export function purposeOfEnd(state: EndState): EndPurpose {
  return state === 'closed' ? 'all_clear' : state
}

export type AnswerablePurpose = 'alert' | 'update' | 'needed_again'

/** Whether it brings the alert's instructions and asks for an answer. */
export function isAnswerable(purpose: Purpose): purpose is AnswerablePurpose {
  return purpose === 'alert' || purpose === 'update' || purpose === 'needed_again'
}

/** Whether it offers answers to choose from, also where it is no alert. */
export function offersAnswers(purpose: Purpose): purpose is AnswerablePurpose | 'check' {
  return isAnswerable(purpose) || purpose === 'check'
}

/** Whether it leads to a page although it asks for no answer. */
export function leadsOn(purpose: Purpose): boolean {
  return purpose === 'ending' || purpose === 'card'
}
