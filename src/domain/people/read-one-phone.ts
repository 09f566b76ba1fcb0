import { doubtDigits, isDate } from './doubt-digits.ts'
import { isEmergencyNumber } from './emergency-numbers.ts'
import type { ContactMark } from './person.ts'
import type { PhoneNumber } from './phone-number.ts'
import { judgeWords } from './phone-words.ts'
import { type PlanReading, readByPlan } from './read-by-plan.ts'

export interface PhoneRefusal {
  ok: false
  code: string
  reason: string
}

/** `number` is null for a fax, which reaches nobody. */
export type OnePhone = { ok: true; number: PhoneNumber | null } | PhoneRefusal

const scheme = /^(?:tel|sms|callto|phone)\s*:\s*(?=[+(\d])/i
const contextParameter = /;\s*(?!ext\s*=)[a-z-]+=[^;]*/gi
const extensionForm =
  /\s*[;,]?\s*\(?\s*(?:;?\s*ext\s*=|,{1,4}|#|\b(?:extension|extn?|xtn|poste|durchwahl|dw|nebenstelle|klappe|anexo|interno?|int|app|p|w|x)\b[.:]?|(?<=\d\s*)(?:ext|x|p|w)[.:]?)\s*(?:no?[.°]\s*)?(\d{1,8})\s*#?\s*\)?\s*$/i
/** A spreadsheet that takes a number for a sum shows it with decimals, with a comma or a point by its language. */
const floatForm = /^\s*(\+?\d{6,15})[.,]0+\s*$/
const loneComma = /^\s*,\s*\d+\s*$/
const remark = /\s*\([^()\d]*\p{L}[^()\d]*\)\s*/gu
const leadingLabel = /^(?:\p{L}+[.: -]+)+(?=[+(\d])/u
const trailingRemark = /\s[\s.,:-]*(?!ext|poste)\p{L}[^\d\s]+(?:\s[^\d]*)?$/u
const numberShape = /^[(\s]*\+?[\d\s().\-/·•']*$/
const shortest = 7

/** One number out of one piece of text that is already cleaned. Never throws. */
export function readOnePhone(text: string, region: string): OnePhone {
  if (isDate(text.trim())) return refuse('phone.not_a_number', 'This is a date, not a phone number.')
  const bare = text.replace(scheme, '').replace(contextParameter, '')
  const floated = floatForm.exec(bare)?.[1]
  const { base, extension } = floated === undefined ? takeExtension(bare) : { base: floated, extension: undefined }
  // A comma may part two numbers as well.
  if (extension !== undefined && isEmergencyNumber(extension) && loneComma.test(bare.slice(base.length)))
    return emergency
  const { plain, words } = takeWords(base)
  const digits = plain.replace(/\D/g, '')
  if (digits === '') return refuse('phone.not_a_number', 'This is not a phone number.')
  if (isEmergencyNumber(digits)) return emergency
  if (!numberShape.test(plain)) {
    return digits.length < shortest
      ? refuse('phone.not_a_number', 'This is not a phone number.')
      : refuse('phone.review', 'There is more in this cell than one phone number. Which digits are to be dialled?')
  }
  const beside = judgeWords(words)
  if (beside === 'fax') return { ok: true, number: null }
  if (beside === 'unknown') {
    const said = words.join(' ').replace(/\s+/g, ' ').trim()
    return refuse(
      'phone.review',
      `"${said}" stands beside this number. Is it to be called? Then write the number alone.`,
    )
  }
  const international = plain.replace(/^[(\s]+/, '').startsWith('+')
  const reading = readByPlan(international ? `+${digits}` : digits, region)
  const repaired = plain !== base.trim() || floated !== undefined
  const read = judge(reading, digits, region, { extension, repaired })
  const doubt = read.ok ? doubtDigits(plain) : undefined
  return doubt === undefined ? read : refuse('phone.review', doubt)
}

function judge(
  reading: PlanReading,
  dialled: string,
  region: string,
  found: { extension: string | undefined; repaired: boolean },
): OnePhone {
  if (reading.outcome === 'unsure') {
    const reason = `Is this ${reading.guess}? Without + it does not read as a number of ${region}. Write the country code.`
    return refuse('phone.review', reason)
  }
  if (reading.national !== undefined && isEmergencyNumber(reading.national)) return emergency
  if (reading.outcome === 'impossible') return refuse(`phone.${reading.why}`, sentences[reading.why])
  if (reading.national.length < shortest && !reading.valid) return refuse('phone.too_short', sentences.too_short)
  if (!isTakenFrom(reading.national, dialled)) {
    return refuse('phone.review', `Reading this as ${reading.e164} would need digits that are not there.`)
  }
  const marks: ContactMark[] = []
  if (!reading.valid) marks.push('not_valid')
  if (found.repaired || reading.repaired) marks.push('repaired')
  if (reading.kind !== 'unknown') marks.push(reading.kind)
  const number: PhoneNumber = { e164: reading.e164, marks, kind: reading.kind }
  return { ok: true, number: found.extension === undefined ? number : { ...number, extension: found.extension } }
}

/** The number without the words before, behind and in brackets, and those words. */
function takeWords(base: string): { plain: string; words: string[] } {
  const words: string[] = []
  const take = (blank: string) => (piece: string) => {
    words.push(piece)
    return blank
  }
  const plain = base.replace(remark, take(' ')).replace(leadingLabel, take('')).replace(trailingRemark, take('')).trim()
  return { plain, words }
}

/** An extension counts only behind something long enough to be a number: `#22` and `x136` alone are not dialled. */
function takeExtension(text: string): { base: string; extension: string | undefined } {
  const match = extensionForm.exec(text)
  const base = match ? text.slice(0, match.index) : text
  if (!match || base.replace(/\D/g, '').length < shortest) return { base: text, extension: undefined }
  return { base, extension: match[1] }
}

const sentences = {
  too_short: 'This number is too short to be dialled from elsewhere. Add the area code.',
  too_long: 'This number is too long. Are there two numbers in the cell?',
  unknown_country: 'No country has this code. Write the number with + and its country code.',
  not_possible: 'No number of that country has this length.',
}

const emergency = refuse(
  'phone.emergency',
  'This is an emergency number. It is never called or written to by this service.',
)

/** Some plans add digits to what was typed (an Argentine 9, an island's area code). Those are not ours to add. */
function isTakenFrom(national: string, dialled: string): boolean {
  let next = 0
  for (const digit of dialled) if (digit === national[next]) next++
  return next === national.length
}

function refuse(code: string, reason: string): PhoneRefusal {
  return { ok: false, code, reason }
}
