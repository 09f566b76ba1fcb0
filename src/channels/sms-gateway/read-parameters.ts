/** Named values whose bytes are not yet characters: each may be in another character set. */
export type ByteParameters = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/**
 * Reads a query string (or a form) to bytes, as `application/x-www-form-urlencoded` says
 * (https://url.spec.whatwg.org/#urlencoded-parsing); of a name that is repeated the first value counts.
 */
export function readByteParameters(encoded: string): ByteParameters {
  const parameters = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const pair of encoded.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(unescapeBytes(equals < 0 ? pair : pair.slice(0, equals)), 'UTF-8')
    const value = unescapeBytes(equals < 0 ? '' : pair.slice(equals + 1))
    if (!parameters.has(name)) parameters.set(name, value)
  }
  return parameters
}

function unescapeBytes(escaped: string): Uint8Array<ArrayBuffer> {
  const plain = new TextEncoder().encode(escaped.replaceAll('+', ' '))
  const bytes: number[] = []
  for (let at = 0; at < plain.length; at++) {
    const hex = plain[at] === 0x25 ? String.fromCharCode(plain[at + 1] ?? 0, plain[at + 2] ?? 0) : ''
    const escapes = /^[0-9a-f]{2}$/i.test(hex)
    bytes.push(escapes ? Number.parseInt(hex, 16) : (plain[at] ?? 0))
    if (escapes) at += 2
  }
  return Uint8Array.from(bytes)
}

/**
 * Bytes as text. `charset` is a label of the Encoding Standard, or one of Kannel's: for bytes that are no text to it
 * (`8-BIT`) the western set is the best guess, for digits are the same in all of them.
 */
export function decode(bytes: Uint8Array<ArrayBuffer>, charset: string): string {
  return decoderFor(charset).decode(bytes)
}

function decoderFor(charset: string): TextDecoder {
  const label = /^(8-BIT|binary)$/i.test(charset) ? 'windows-1252' : charset.replace(/^UCS-?2(BE)?$/i, 'UTF-16BE')
  try {
    return new TextDecoder(label)
  } catch {
    // Kannel keeps 7-bit texts as UTF-8, whatever it calls them.
    return new TextDecoder()
  }
}
