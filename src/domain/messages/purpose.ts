import type { EndState } from '../alerts/alert.ts'

/**
 * Why a message goes out.
 *
 * - `alert`: the alert itself, with the newest text that is meant for whoever has not answered.
 * - `update`: a new text, to where anything of the alert may have arrived.
 * - `all_clear`, `expired`, `cancelled`, `in_error`: its end, by how it ended.
 * - `ending`: to those who run it, that nobody has closed it and that it ends soon.
 */
export const PURPOSES = ['alert', 'update', 'all_clear', 'expired', 'cancelled', 'in_error', 'ending'] as const
export type Purpose = (typeof PURPOSES)[number]
export type EndPurpose = 'all_clear' | Exclude<EndState, 'closed'>

/** How the end of an alert is told, by the state it ended in. */
export function purposeOfEnd(state: EndState): EndPurpose {
  return state === 'closed' ? 'all_clear' : state
}

/** Whether it brings the alert's instructions and asks for an answer. */
export function isAnswerable(purpose: Purpose): purpose is 'alert' | 'update' {
  return purpose === 'alert' || purpose === 'update'
}
