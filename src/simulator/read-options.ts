/** One way to answer that a text offers: its digit and its label. */
export interface OfferedOption {
  digit: string
  label: string
}

const WRITTEN = /(?<![\d+:.,/-])([1-9])\s*[=:)–-]\s*(\p{L}[\p{L}'’ ]*)/gu
const ASKED = /\b(?:reply|answer|press|text|send)\s+"?([1-9])"?(?:\s+(?:for|if|to)\s+(\p{L}[\p{L}'’ ]*))?/giu

/** The digits a text or a voice message offers as answers, in their order; none in a text that asks nothing. */
export function readOptions(text: string): OfferedOption[] {
  const found = [...text.matchAll(WRITTEN), ...text.matchAll(ASKED)]
  const options = new Map<string, OfferedOption>()
  for (const [, digit = '', label = ''] of found)
    if (!options.has(digit)) options.set(digit, { digit, label: label.trim().replace(/\s+(or|oder|ou)$/i, '') })
  return [...options.values()].sort((a, b) => Number(a.digit) - Number(b.digit))
}
