import { cleanPhoneText } from './clean-phone-text.ts'
import type { ContactMark } from './person.ts'
import { type PhoneRefusal, readOnePhone } from './read-one-phone.ts'
import { splitCertainly, splitLikely } from './split-phone-cell.ts'

export interface PhoneNumber {
  /** ITU-T E.164 with its plus: at most 15 digits. */
  e164: string
  /** Digits to dial once the call is answered. */
  extension?: string
  marks: ContactMark[]
  kind: 'mobile' | 'landline' | 'unknown'
}

/** `faxes` counts the fax numbers that were left out: they reach nobody. */
export type PhoneReading = { ok: true; numbers: PhoneNumber[]; faxes: number } | PhoneRefusal

/** Spreadsheets show long numbers as 4.477E+11 and narrow cells as ####; either way the digits are gone. */
const damaged = /^[+-]?\d+(?:[.,]\d+)?E\+?\d+$|^#{2,}$|^#(?:REF|N\/A|VALUE|NAME\?|NUM|NULL|DIV\/0)!?$/i
/** Longer cells are refused unread: no numbers fill that much, and patterns take their time over it. */
const longestCell = 500
const holdsNothing = /^[\s\-./_]*$/

/**
 * The phone numbers in one cell of a people file, read as someone in the region would (ISO 3166-1 alpha-2).
 *
 * A number must be possible; one that the numbering plan does not list is only marked `not_valid`, because plans
 * change before their descriptions do. Digits are never made up: what cannot be read for certain is refused, or is
 * put to a human with `phone.review`, and so is a number beside words that are no mere label. A cell of dashes or blanks holds no number and is no error.
 *
 * Codes: `phone.spreadsheet_damage`, `phone.not_a_number`, `phone.emergency`, `phone.too_short`, `phone.too_long`,
 * `phone.unknown_country`, `phone.not_possible`, `phone.review`.
 */
export function readPhoneNumbers(raw: string, region: string): PhoneReading {
  if (raw.length > longestCell) {
    return { ok: false, code: 'phone.too_long', reason: 'This cell holds far more than phone numbers.' }
  }
  const { text, repaired } = cleanPhoneText(raw)
  const numbers = new Map<string, PhoneNumber>()
  let faxes = 0
  for (const part of splitCertainly(text)) {
    if (holdsNothing.test(part)) continue
    if (damaged.test(part)) return damageRefusal
    const reading = readPart(part, region)
    if (!reading.ok) return reading
    faxes += reading.faxes
    for (const number of reading.numbers) numbers.set(`${number.e164};${number.extension ?? ''}`, number)
  }
  const found = Array.from(numbers.values(), (number) => (repaired ? markRepaired(number) : number))
  return { ok: true, numbers: found, faxes }
}

function readPart(part: string, region: string): PhoneReading {
  const pieces = splitLikely(part)
  if (pieces.length === 1) return readWhole(part, region)
  const numbers: PhoneNumber[] = []
  for (const piece of pieces) {
    const reading = damaged.test(piece) ? damageRefusal : readOnePhone(piece, region)
    if (!reading.ok) {
      const whole = readWhole(part, region)
      return whole.ok ? whole : reading
    }
    if (reading.number) numbers.push(reading.number)
  }
  return { ok: true, numbers, faxes: pieces.length - numbers.length }
}

function readWhole(part: string, region: string): PhoneReading {
  const reading = readOnePhone(part, region)
  if (!reading.ok) return reading
  return reading.number ? { ok: true, numbers: [reading.number], faxes: 0 } : { ok: true, numbers: [], faxes: 1 }
}

const damageRefusal: PhoneRefusal = {
  ok: false,
  code: 'phone.spreadsheet_damage',
  reason: 'The spreadsheet program has destroyed this number. Format the column as text and type the number again.',
}

function markRepaired(number: PhoneNumber): PhoneNumber {
  return number.marks.includes('repaired') ? number : { ...number, marks: [...number.marks, 'repaired'] }
}
