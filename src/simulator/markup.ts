/** One element of the voice or message markup. */
export interface MarkupElement {
  name: string
  attributes: Record<string, string>
  children: (MarkupElement | string)[]
}

/** The document is not well-formed XML; the provider reports this as error 12100. */
export class MarkupError extends Error {}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const NAME = '[A-Za-z_:][\\w:.-]*'
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'gy')
const TAG = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y')
const IGNORED = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->/y
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y
const TEXT = /[^<]+/y
// Characters that XML 1.0 does not allow at all: control characters, halves of surrogate pairs, non-characters.
const FORBIDDEN =
  /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/u

function decode(text: string): string {
  return text.replace(/&([^;&\s]*;?)/g, (_whole, body: string) => {
    const name = body.endsWith(';') ? body.slice(0, -1) : ''
    const numeric = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(name)
    if (numeric) {
      const point = numeric[1] ? Number.parseInt(numeric[1], 16) : Number(numeric[2])
      const character = point <= 0x10ffff ? String.fromCodePoint(point) : '\0'
      if (FORBIDDEN.test(character)) throw new MarkupError('a character reference names no allowed character')
      return character
    }
    const known = ENTITIES[name]
    if (known === undefined) throw new MarkupError(`"&${body}" is not an entity`)
    return known
  })
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', double, single] of source.matchAll(ATTRIBUTE)) {
    if (name in attributes) throw new MarkupError(`attribute ${name} is given twice`)
    attributes[name] = decode(double ?? single ?? '')
  }
  return attributes
}

/** Parses a small XML document. Throws MarkupError when it is not well-formed. */
export function parseMarkup(source: string): MarkupElement {
  if (FORBIDDEN.test(source)) throw new MarkupError('the document holds a character XML does not allow')
  const text = source.replace(/^\uFEFF/, '').trim()
  const top: MarkupElement = { name: '', attributes: {}, children: [] }
  const open = [top]
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  while (at < text.length) {
    const parent = open.at(-1) ?? top
    if (take(IGNORED)) continue
    const cdata = take(CDATA)
    const plain = cdata ? null : take(TEXT)
    if (cdata || plain) {
      const content = cdata ? (cdata[1] ?? '') : decode(plain?.[0] ?? '')
      if (parent === top && content.trim() !== '') throw new MarkupError('there is text outside the root element')
      if (plain?.[0].includes(']]>')) throw new MarkupError('"]]>" stands outside a CDATA section')
      if (parent !== top) parent.children.push(content)
      continue
    }
    const tag = take(TAG)
    if (!tag) throw new MarkupError(`not well-formed at character ${at}`)
    const [, closing, name = '', attributes = '', selfClosing] = tag
    if (closing) {
      if (parent === top || parent.name !== name || attributes || selfClosing)
        throw new MarkupError(`</${name}> closes nothing`)
      open.pop()
      continue
    }
    const element = { name, attributes: readAttributes(attributes), children: [] }
    parent.children.push(element)
    if (!selfClosing) open.push(element)
  }
  const [root, ...rest] = top.children
  if (open.length > 1) throw new MarkupError(`<${open.at(-1)?.name}> is never closed`)
  if (!root || typeof root === 'string' || rest.length > 0) throw new MarkupError('there must be exactly one root')
  return root
}

/** The element's child elements. */
export function elementsOf(element: MarkupElement): MarkupElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

/** The element's text with that of its children, exactly as written. */
export function exactTextOf(element: MarkupElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : exactTextOf(child))).join('')
}

/** The element's text as it would be spoken: child elements part words, white space is collapsed. */
export function spokenTextOf(element: MarkupElement): string {
  const raw = element.children.map((child) => (typeof child === 'string' ? child : ` ${spokenTextOf(child)} `)).join('')
  return raw.replace(/\s+/g, ' ').trim()
}
