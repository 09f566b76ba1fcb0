/**
 * What happens to a number that is texted or rung. `phones.set(number, { behaviour })` decides first; without it the
 * last digits of a few reserved drama numbers and the national prefixes below decide; everything else is `normal`.
 *
 * | number          | behaviour       |   | number          | behaviour       |
 * |-----------------|-----------------|---|-----------------|-----------------|
 * | +447700900990   | landline        |   | +447700900995   | voicemail       |
 * | +447700900991   | unreachable     |   | +447700900996   | bad-number      |
 * | +447700900992   | opted-out       |   | +447700900997   | filtered        |
 * | +447700900993   | busy            |   | +447700900998   | unknown-handset |
 * | +447700900994   | no-answer       |   | +447700900999   | carrier-error   |
 */
export type Behaviour =
  | 'normal'
  | 'landline'
  | 'unreachable'
  | 'opted-out'
  | 'busy'
  | 'no-answer'
  | 'voicemail'
  | 'bad-number'
  | 'region-not-permitted'
  | 'unknown-handset'
  | 'late-landline'
  | 'filtered'
  | 'carrier-error'
  | 'no-receipt'
  | 'call-fails'

const RESERVED: Record<string, Behaviour> = {
  '0': 'landline',
  '1': 'unreachable',
  '2': 'opted-out',
  '3': 'busy',
  '4': 'no-answer',
  '5': 'voicemail',
  '6': 'bad-number',
  '7': 'filtered',
  '8': 'unknown-handset',
  '9': 'carrier-error',
}

/** Geographic numbers of Great Britain and France: voice only. */
const LANDLINE = /^\+(44[12]|33[1-5])/
/** Regions no account here may send to, as if their geographic permission had never been switched on. */
const REGION_NOT_PERMITTED = /^\+(850|963)/

/** What the number does when nobody has said otherwise. */
export function defaultBehaviour(number: string): Behaviour {
  const reserved = /^\+44770090099(\d)$/.exec(number)?.[1]
  if (reserved !== undefined) return RESERVED[reserved] ?? 'normal'
  if (REGION_NOT_PERMITTED.test(number)) return 'region-not-permitted'
  return LANDLINE.test(number) ? 'landline' : 'normal'
}

const SMS_REFUSED: Partial<Record<Behaviour, number>> = {
  'bad-number': 21211,
  landline: 21614,
  'opted-out': 21610,
  'region-not-permitted': 21408,
}

/** The error code with which a text to such a number is refused at once, if it is. */
export function smsRefusal(behaviour: Behaviour): number | undefined {
  return SMS_REFUSED[behaviour]
}

const SMS_LOST: Partial<Record<Behaviour, number>> = {
  unreachable: 30003,
  'unknown-handset': 30005,
  'late-landline': 30006,
  filtered: 30007,
  'carrier-error': 30008,
}

/** The error code with which an accepted text is later reported undelivered, if it is. */
export function smsLoss(behaviour: Behaviour): number | undefined {
  return SMS_LOST[behaviour]
}

const CALL_REFUSED: Partial<Record<Behaviour, number>> = { 'bad-number': 21211, 'region-not-permitted': 13227 }

/** The error code with which a call to such a number is refused at once, if it is. */
export function callRefusal(behaviour: Behaviour): number | undefined {
  return CALL_REFUSED[behaviour]
}

/** How the far end takes a call: it rings until someone acts, or one of the other outcomes. */
export function callOutcome(behaviour: Behaviour): 'rings' | 'busy' | 'failed' | 'voicemail' | 'silent' {
  if (behaviour === 'busy' || behaviour === 'voicemail') return behaviour
  if (behaviour === 'call-fails' || behaviour === 'unknown-handset' || behaviour === 'carrier-error') return 'failed'
  return behaviour === 'no-answer' || behaviour === 'unreachable' ? 'silent' : 'rings'
}
