import { readOnePhone } from '../../domain/people/read-one-phone.ts'

/** A number that can be answered: a name or a short code is a machine, and two machines must not answer each other. */
export function isAnswerable(from: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(from)
}

/**
 * The sender of a text in E.164. Networks name it with `+`, with `00`, or bare (3GPP TS 23.040, 9.1.2.5: the type of
 * number stands apart, and gateways lose it): a bare one is read as a number of the region where it is one, otherwise as
 * an international one. A name or a short code stays as it is.
 */
export function readSender(from: string, region: string): string {
  if (!/^\+?\d{7,15}$/.test(from)) return from
  if (from.startsWith('+')) return from
  if (from.startsWith('00')) return `+${from.slice(2)}`
  const reading = readOnePhone(from, region)
  const national = reading.ok ? reading.number : null
  if (national && (from.startsWith('0') || !national.marks.includes('not_valid'))) return national.e164
  return from.startsWith('0') ? from : `+${from}`
}
