/** Fills a new array of the given length with random bytes; passed in, so that tests repeat. */
export type RandomBytes = (length: number) => Uint8Array

/** Makes the next id; passed in like the clock. */
export type NewId = () => string

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A UUID version 7 (RFC 9562, 5.7): sorts by the time it was made, to the millisecond. */
export function makeUuidV7(now: number, random: RandomBytes): string {
  const bytes = random(16)
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const text = Array.from(bytes, (byte) => hex[byte]).join('')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}
