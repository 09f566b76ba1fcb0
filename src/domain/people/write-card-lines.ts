const LONGEST = 75
const encoder = new TextEncoder()

/** A property as lines of at most 75 octets (RFC 6350, 3.2), with the break behind it. */
function writeCardLine(line: string): string {
  let written = ''
  let length = 0
  for (const char of line) {
    const size = encoder.encode(char).length
    if (length + size > LONGEST) {
      written += '\r\n '
      length = 1
    }
    written += char
    length += size
  }
  return `${written}\r\n`
}

/** A whole card of a version out of its properties. */
export function writeCard(version: '3.0' | '4.0', lines: readonly string[]): string {
  return ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD'].map(writeCardLine).join('')
}
