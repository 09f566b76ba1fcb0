import { DAY } from '../clock.ts'

/**
 * Where the question to a contact point stands. `proven`: its owner answered. `failed`: no carrier could deliver it.
 * `expired`: nobody answered in time. `dropped`: somebody took it back, or the point is no longer there.
 */
export const CHECK_STATES = ['waiting', 'sent', 'proven', 'failed', 'expired', 'dropped'] as const
export type CheckState = (typeof CHECK_STATES)[number]

/** The channels on which a contact point can be asked; what is left is proven by drills and alerts. */
export const CHECKED_KINDS = ['sms', 'voice', 'email'] as const
export type CheckedKind = (typeof CHECKED_KINDS)[number]

/** Whether points of a kind can be asked. */
export function isChecked(kind: string): kind is CheckedKind {
  return (CHECKED_KINDS as readonly string[]).includes(kind)
}

/** For how long an answer is waited for, in milliseconds. */
export const CHECK_LIFETIME = 14 * DAY
/** How often it is handed over at most, when carriers cannot take it. */
export const MOST_TRIES = 5

/** The answer that a check offers, by text, key and button alike. */
export const CHECK_RESPONSE = { digit: '1', code: 'reached' } as const
