import { isEmergencyNumber } from './emergency-numbers.ts'
import { readByPlan } from './read-by-plan.ts'

/** Longer ones are no number of an emergency service in any country. */
const LONGEST_SHORT = 11

/**
 * Whether a stored number may be called or texted at all: E.164, and none that reaches an emergency service. The last
 * look before it is dialled, however it came to be stored.
 */
export function mayBeDialled(address: string): boolean {
  if (!/^\+[1-9]\d{6,14}$/.test(address)) return false
  if (address.length > LONGEST_SHORT) return true
  const reading = readByPlan(address, '')
  return !('national' in reading) || reading.national === undefined || !isEmergencyNumber(reading.national)
}
