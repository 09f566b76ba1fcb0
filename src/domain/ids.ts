/** An array of the given length of random bytes, each given once; passed in, so that tests repeat. */
export type RandomBytes = (length: number) => Uint8Array

/** Makes the next id; passed in like the clock. */
export type NewId = () => string

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A UUID version 7 (RFC 9562, 5.7): sorts by the time it was made, to the millisecond. */
export function makeUuidV7(now: number, random: RandomBytes): string {
  const bytes = random(16)
  const at = (index: number) => hex[bytes[index] ?? 0] ?? '00'
  const time = Math.floor(now).toString(16).padStart(12, '0')
  const version = hex[((bytes[6] ?? 0) & 0x0f) | 0x70] ?? '70'
  const variant = hex[((bytes[8] ?? 0) & 0x3f) | 0x80] ?? '80'
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${at(7)}-${variant}${at(9)}-${at(10)}${at(11)}${at(12)}${at(13)}${at(14)}${at(15)}`
}
