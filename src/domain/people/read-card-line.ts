import type { CardProperty } from './read-cards.ts'

const start = /^\s*(?:([\w.-]+)\.)?([A-Z][\w-]*)\s*(?=[;:])/i

/** One unfolded line of a card; undefined when it is no property. */
export function readCardLine(line: string): CardProperty | undefined {
  const head = start.exec(line)
  if (!head?.[2]) return undefined
  const parameters = new Map<string, string[]>()
  let at = head[0].length
  while (line[at] === ';') {
    const end = endOfParameter(line, at + 1)
    addParameter(parameters, line.slice(at + 1, end))
    at = end
  }
  if (line[at] !== ':') return undefined
  const property: CardProperty = { name: head[2].toUpperCase(), parameters, value: line.slice(at + 1) }
  return head[1] ? { ...property, group: head[1].toLowerCase() } : property
}

/** Where the `;` or `:` behind a parameter is; both may stand in its quotes. */
function endOfParameter(line: string, from: number): number {
  let quoted = false
  for (let at = from; at < line.length; at++) {
    const char = line[at]
    if (char === '"') quoted = !quoted
    else if (!quoted && (char === ';' || char === ':')) return at
  }
  return line.length
}

/** Lists in one value, also within its quotes (`TYPE="WORK,VOICE"`), are values of their own. */
function addParameter(parameters: Map<string, string[]>, text: string): void {
  const equals = text.indexOf('=')
  const name = equals < 0 ? 'TYPE' : text.slice(0, equals).trim().toUpperCase()
  const values = text
    .slice(equals + 1)
    .replaceAll('"', '')
    .split(',')
    .map((value) => readCaret(value.trim()))
    .filter((value) => value !== '')
  parameters.set(name, [...(parameters.get(name) ?? []), ...values])
}

/** RFC 6868: how a parameter holds line breaks, carets and quotes. */
function readCaret(value: string): string {
  return value.replace(/\^([n^'])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^'))
}
