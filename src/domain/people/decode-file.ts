import { Problem } from '../errors.ts'
import { findForeignWord } from './find-garbling.ts'

export type FileEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface DecodedFile {
  text: string
  encoding: FileEncoding
}

const saveAsCsv = 'Open it in the spreadsheet program and save it as CSV (UTF-8), then import that file.'

const signatures: { bytes: number[]; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a spreadsheet or zip archive (xlsx, ods, zip)' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty zip archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook (xls)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture' },
]

/**
 * The text of a file of people, and the encoding it was found to be in.
 *
 * Marked and unmarked UTF-8 and UTF-16 are told apart by byte-order mark, validity and the pattern of NUL bytes;
 * what is none of them is read as Windows-1252, the encoding of Western European spreadsheets, unless its words show
 * that it is from a Mac, from DOS or in another code page.
 *
 * @throws Problem `import.not_text` for binary files, `import.encoding` for text that would come out garbled.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  const known = signatures.find((signature) => startsWith(bytes, signature.bytes))
  if (known) throw refusal('import.not_text', `This file is ${known.what}, not text. ${saveAsCsv}`)

  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    throw refusal('import.encoding', `This file is UTF-32, which is not read here. ${saveAsCsv}`)
  }
  if (startsWith(bytes, [0xff, 0xfe])) return decodeUtf16(bytes, 'utf-16le')
  if (startsWith(bytes, [0xfe, 0xff])) return decodeUtf16(bytes, 'utf-16be')

  const nuls = countNuls(bytes)
  if (nuls.even + nuls.odd > 0) {
    const order = guessByteOrder(nuls, bytes.length)
    if (order) return decodeUtf16(bytes, order)
    throw refusal('import.not_text', `This file holds NUL bytes, so it is not plain text. ${saveAsCsv}`)
  }
  return decodeBytewise(bytes)
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedFile {
  const text = tryDecode(bytes, encoding)
  if (text === undefined) {
    throw refusal(
      'import.encoding',
      `This file looks like ${encoding.toUpperCase()} but is cut or damaged. ${saveAsCsv}`,
    )
  }
  return { text: assertReadable(text), encoding }
}

function decodeBytewise(bytes: Uint8Array): DecodedFile {
  const utf8 = tryDecode(bytes, 'utf-8')
  if (utf8 !== undefined) return { text: assertReadable(utf8), encoding: 'utf-8' }
  refuseMixture(bytes)
  const text = assertReadable(new TextDecoder('windows-1252').decode(bytes))
  const word = findForeignWord(text)
  if (word !== undefined) {
    const message = `This file is in an encoding that is not known here: a word would read "${word}". ${saveAsCsv}`
    throw refusal('import.encoding', message)
  }
  return { text, encoding: 'windows-1252' }
}

/** Read as Windows-1252, a UTF-8 file with one damaged byte would turn every accented name into two wrong letters. */
function refuseMixture(bytes: Uint8Array): void {
  const lenient = new TextDecoder('utf-8').decode(bytes)
  const damaged = lenient.match(/\uFFFD/g)?.length ?? 0
  const accented = lenient.match(/[\u0080-\uFFFC]/g)?.length ?? 0
  if (accented <= damaged) return
  const line = lenient.slice(0, lenient.indexOf('\uFFFD')).split(/\r\n?|\n/).length
  throw refusal('import.encoding', `This file is mostly UTF-8 but damaged near line ${line}. Save it as UTF-8 again.`)
}

function assertReadable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const controls = text.match(/[\u0000-\u0008\u000e-\u0019\u001b-\u001f\u007f]/g)?.length ?? 0
  if (text.includes('\0') || controls > Math.max(3, text.length / 50)) {
    throw refusal('import.not_text', `This file is full of control characters, so it is not plain text. ${saveAsCsv}`)
  }
  return text
}

function tryDecode(bytes: Uint8Array, encoding: FileEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function countNuls(bytes: Uint8Array): { even: number; odd: number } {
  let even = 0
  let odd = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  return { even, odd }
}

/** Separators, digits and line ends alone make a tenth of any table, and in UTF-16 each holds one NUL on its high side. */
function guessByteOrder(nuls: { even: number; odd: number }, length: number): 'utf-16le' | 'utf-16be' | undefined {
  const enough = length / 20
  if (nuls.even === 0 && nuls.odd >= enough) return 'utf-16le'
  if (nuls.odd === 0 && nuls.even >= enough) return 'utf-16be'
  return undefined
}

function startsWith(bytes: Uint8Array, prefix: number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte)
}

function refusal(code: string, message: string): Problem {
  return new Problem('invalid', code, message, { field: 'file' })
}
