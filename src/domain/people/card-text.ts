/** The text behind the escapes of a card (RFC 6350, 3.4). Some programs also escape colons. */
export function unescapeCardText(text: string): string {
  return text.replace(/\\([\\,;:nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign))
}

/** The parts of a value between `;` (components) or `,` (a list), without their escapes. */
export function splitCardText(text: string, separator: ';' | ','): string[] {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '\\') part += `${char}${text[++at] ?? ''}`
    else if (char === separator) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part].map(unescapeCardText)
}

/** A text as the value of a property, or as one component of it. */
export function escapeCardText(text: string): string {
  return text.replace(/[\\,;]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n')
}
