/**
 * Text in quoted-printable (RFC 2045, 6.7) in a character set. Letters that do not come out as that set, or of a set that
 * is not known here, become U+FFFD.
 */
export function decodeQuotedPrintable(text: string, charset: string): string {
  const decoder = decoderOf(charset)
  return text.replace(/(?:=[\dA-F]{2})+/gi, (coded) => {
    const bytes = Uint8Array.from(coded.slice(1).split('='), (pair) => Number.parseInt(pair, 16))
    return decoder.decode(bytes)
  })
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}
