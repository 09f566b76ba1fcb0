// GSM 7-bit default alphabet and its extension table: 3GPP TS 23.038, 6.2.1 and 6.2.1.1 (formerly GSM 03.38).
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENSION = new Set('\f^{}\\[~]|€')

/** What a text costs to send. */
export interface SmsSize {
  encoding: 'GSM-7' | 'UCS-2'
  /** Septets for GSM-7, where characters of the extension table count two; 16-bit units for UCS-2. */
  units: number
  segments: number
}

/** Whether every character is in the 7-bit alphabet. */
export function isGsm7(text: string): boolean {
  for (const character of text) if (!BASIC.has(character) && !EXTENSION.has(character)) return false
  return true
}

/** The characters that force the costlier encoding, each once. */
export function costlyCharacters(text: string): string[] {
  return [...new Set(text)].filter((character) => !BASIC.has(character) && !EXTENSION.has(character))
}

/** What the networks keep together, as a reader sees it: an emoji of several parts, a letter with its accents. */
const SEEN = new Intl.Segmenter('en', { granularity: 'grapheme' })

function unitsOfSeen(text: string): number[] {
  return Array.from(SEEN.segment(text)).flatMap(({ segment }) => (segment === '\r\n' ? [1, 1] : [segment.length]))
}

/**
 * Encoding, units and segments of a text. A single segment holds 160 septets or 70 units, each of several 153 or 67
 * (3GPP TS 23.040, 9.2.3.24.1); what is seen as one character is never split between segments.
 */
export function measureSms(text: string): SmsSize {
  const gsm = isGsm7(text)
  const units = gsm ? Array.from(text).reduce((sum, one) => sum + septetsOf(one), 0) : text.length
  const encoding = gsm ? 'GSM-7' : 'UCS-2'
  if (units <= (gsm ? 160 : 70)) return { encoding, units, segments: 1 }
  const room = gsm ? 153 : 67
  let segments = 1
  let used = 0
  for (const size of gsm ? Array.from(text, septetsOf) : unitsOfSeen(text)) {
    if (used > 0 && used + size > room) {
      segments += 1
      used = 0
    }
    used += size
    // Longer than a whole segment: then even this is split.
    segments += Math.ceil(used / room) - 1
    used -= room * (Math.ceil(used / room) - 1)
  }
  return { encoding, units, segments }
}

function septetsOf(character: string): number {
  return EXTENSION.has(character) ? 2 : 1
}
