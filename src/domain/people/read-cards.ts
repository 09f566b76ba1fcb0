import { decodeQuotedPrintable } from './quoted-printable.ts'
import { readCardLine } from './read-card-line.ts'

/** One property of an address card: `item1.TEL;TYPE=cell:+44…`. */
export interface CardProperty {
  /** Ties a property to the label beside it (`item1`). */
  group?: string
  /** Upper case. */
  name: string
  /** By name in upper case. A bare one, as vCard 2.1 writes them (`TEL;HOME`), stands under `TYPE`. */
  parameters: Map<string, string[]>
  /** As it is written, its backslashes included. */
  value: string
}

export interface Card {
  /** The line of the file on which the card begins, counted from 1. */
  line: number
  properties: CardProperty[]
  /** The file ends, or another card begins, before this one is closed. */
  cut?: true
  /** A line that matters goes on without the blank that should stand before its continuation. */
  torn?: true
}

interface Line {
  number: number
  text: string
}

/** Whether a text is a file of address cards. */
export function isCardFile(text: string): boolean {
  return /^\uFEFF?\s*BEGIN[ \t]*:[ \t]*VCARD/i.test(text)
}

/**
 * The address cards of a text, one at a time: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as phones, mail programs and
 * address books write them. Cards within a card (the AGENT of 2.1) are passed over: they are about somebody else.
 */
export function* readCards(text: string): Generator<Card, void> {
  let card: Card | null = null
  let inner = 0
  for (const { number, text: line } of unfold(text)) {
    const mark = /^\s*(BEGIN|END)\s*:\s*VCARD\s*$/i.exec(line)?.[1]?.toUpperCase()
    if (mark === 'BEGIN') {
      if (card && isAgent(card)) inner++
      else {
        if (card) yield { ...card, cut: true }
        card = { line: number, properties: [] }
        inner = 0
      }
    } else if (mark === 'END' && inner > 0) inner--
    else if (mark === 'END') {
      if (card) yield card
      card = null
    } else if (card && inner === 0) {
      const property = readCardLine(line)
      if (property?.name === 'AGENT' && /^\s*BEGIN\s*:\s*VCARD\s*$/i.test(property.value)) inner++
      else if (property) card.properties.push(property)
      else if (line.trim() !== '' && matters.test(card.properties.at(-1)?.name ?? '')) card.torn = true
    }
  }
  if (card) yield { ...card, cut: true }
}

const matters = /^(?:FN|N|UID|TEL|EMAIL)$/

function isAgent({ properties }: Card): boolean {
  const last = properties.at(-1)
  return last?.name === 'AGENT' && last.value.trim() === ''
}

/**
 * The lines with their continuations: one that begins with a blank goes on where the last one stopped (RFC 6350, 3.2);
 * in quoted-printable a `=` at the end does the same (vCard 2.1).
 */
function* unfold(text: string): Generator<Line, void> {
  let held: Line | null = null
  let number = 0
  for (const line of linesOf(text)) {
    number++
    if (held && isSoft(held.text)) {
      // Some programs fold these lines as well.
      held.text = `${held.text.slice(0, -1)}${line.replace(/^[ \t]/, '')}`
    } else if (held && /^[ \t]/.test(line)) held.text += line.slice(1)
    else {
      if (held) yield held
      held = { number, text: line }
    }
  }
  if (held) yield held
}

function isSoft(line: string): boolean {
  return line.endsWith('=') && /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(line)
}

function* linesOf(text: string): Generator<string, void> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    yield end < 0 ? text.slice(at) : text.slice(at, end)
    if (end < 0) return
    at = end + 1
  }
}

/** The text of a property without its encoding, its escapes still in it. */
export function rawValue({ parameters, value }: CardProperty): string {
  const encodings = [...(parameters.get('ENCODING') ?? []), ...(parameters.get('TYPE') ?? [])]
  const quoted = encodings.some((encoding) => /^(?:quoted-printable|q)$/i.test(encoding))
  return quoted ? decodeQuotedPrintable(value, parameters.get('CHARSET')?.[0] ?? 'utf-8') : value
}
