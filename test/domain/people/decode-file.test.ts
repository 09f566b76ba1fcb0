import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/domain/errors.ts'
import { decodeFile } from '../../../src/domain/people/decode-file.ts'
import { readPeopleFile } from '../../../src/domain/people/read-people-file.ts'
import { finish } from '../finish.ts'

const text = 'name,phone\r\nZoé Łuczak,+447700900123\r\n'

function utf16(content: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(content.length * 2))
  for (let i = 0; i < content.length; i++) view.setUint16(i * 2, content.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}

function bytes(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)))
}

function refusalOf(read: () => unknown): Problem {
  try {
    read()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('the encoding of a file of people', () => {
  it.each([
    ['UTF-8', bytes(text), 'utf-8'],
    ['UTF-8 with a byte-order mark', bytes('\ufeff', text), 'utf-8'],
    ['UTF-16 with a mark, low byte first', utf16(`\ufeff${text}`, true), 'utf-16le'],
    ['UTF-16 with a mark, high byte first', utf16(`\ufeff${text}`, false), 'utf-16be'],
    ['UTF-16 without a mark, low byte first', utf16(text, true), 'utf-16le'],
    ['UTF-16 without a mark, high byte first', utf16(text, false), 'utf-16be'],
  ])('%s is recognised and the names come out right', (_, file, encoding) => {
    expect(decodeFile(file)).toEqual({ text, encoding })
  })

  it('falls back to Windows-1252, with its own apostrophe and euro sign', () => {
    const file = bytes('name,phone\nL', [0x92], 'Hôpital'.replace('ô', ''), [0xf4, 0x80], ',1\n')
    expect(decodeFile(file)).toEqual({ text: 'name,phone\nL’Hpitalô€,1\n', encoding: 'windows-1252' })
  })

  it.each([
    ['an Excel workbook', bytes('PK', [3, 4], 'xl/workbook.xml')],
    ['an old Excel workbook', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
    ['a PDF', bytes('%PDF-1.7')],
    ['a program', bytes([0x7f], 'ELF', [2, 1, 1, 0, 0, 0, 0, 5, 9, 0])],
    ['a text full of control characters', bytes('a', [1, 2, 3, 4, 5])],
  ])('refuses %s and says what to do', (_, file) => {
    const problem = refusalOf(() => decodeFile(file))
    expect(problem).toMatchObject({ code: 'import.not_text', field: 'file' })
    expect(problem.message).toContain('save it as CSV')
  })

  it.each([
    ['UTF-16 cut in the middle of a letter', utf16(`\ufeff${text}`, true).slice(0, -1)],
    ['UTF-32', bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
    ['UTF-8 with one damaged byte, which would garble every other name', bytes('Zoé,Łuczak,é\nx', [0xe9], ',1')],
  ])('refuses %s by naming the encoding', (_, file) => {
    const problem = refusalOf(() => decodeFile(file))
    expect(problem.code).toBe('import.encoding')
    expect(problem.message).toMatch(/UTF-/)
  })

  it('gives rows or a problem for any bytes at all', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((content) => bytes(`name,phone\n${content}`)),
      fc
        .array(fc.constantFrom(...'name,phone;"\'\t\n\r|0+@= é\u0000\ufeff'.split('')), { maxLength: 120 })
        .map((parts) => bytes(`name,phone,email\n${parts.join('')}`)),
    )
    fc.assert(
      fc.property(anyBytes, (file) => {
        try {
          expect(finish(readPeopleFile(file, { region: 'GB' })).rows.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
          expect(error).toMatchObject({ code: expect.stringMatching(/^import\./) })
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a file in an encoding that is not known here', () => {
  it.each([
    ['DOS 850', 'René', [0x52, 0x65, 0x6e, 0x82]],
    ['DOS 850', 'Müller', [0x4d, 0x81, 0x6c, 0x6c, 0x65, 0x72]],
    ['DOS 850', 'Gräf', [0x47, 0x72, 0x84, 0x66]],
    ['a Mac', 'Lefèvre', [0x4c, 0x65, 0x66, 0x8f, 0x76, 0x72, 0x65]],
    ['a Mac', 'Lérot', [0x4c, 0x8e, 0x72, 0x6f, 0x74]],
    ['Windows-1250', 'Paweł', [0x50, 0x61, 0x77, 0x65, 0xb3]],
    ['Windows-1250', 'Zając', [0x5a, 0x61, 0x6a, 0xb9, 0x63]],
    ['Windows-1250', 'Łukasz', [0xa3, 0x75, 0x6b, 0x61, 0x73, 0x7a]],
  ])('%s (%s) is refused with what to do, not read wrong', (_, __, name) => {
    const file = bytes('name,phone\n', name, ',+447700900101\n')
    const problem = refusalOf(() => decodeFile(file))
    expect(problem.code).toBe('import.encoding')
    expect(problem.message).toContain('save it as CSV (UTF-8)')
  })

  it('that cannot be told from Windows-1252 is asked about, with a word to look at', () => {
    const file = finish(readPeopleFile(bytes('name,phone\nNovotn', [0xfd], ',+447700900101\n'), { region: 'GB' }))
    expect(file.warnings).toMatchObject([expect.stringContaining('"Novotný"')])
  })

  it.each(['Zoé', 'D´Arcy', 'L’Hôpital', 'Smith–Jones', 'Muñoz', 'Žižek', 'Col·lell', 'François-Noël', '30 °C', '5 €'])(
    'is not suspected for %s in Windows-1252',
    (name) => {
      const code: Record<string, number> = { '´': 0xb4, '’': 0x92, '–': 0x96, Ž: 0x8e, ž: 0x9e, '€': 0x80 }
      const file = bytes(
        'name,phone\n',
        Array.from(name, (char) => code[char] ?? char.charCodeAt(0)),
        ',1\n',
      )
      expect(decodeFile(file).text).toContain(name)
    },
  )

  it.each(['Ren\ufffd', 'RenÃ© Petit', 'JosÃ\u00ad', 'L’HÃ´pital'.replace('’', 'â€™'), 'M\u0081ller'])(
    'destroyed earlier, as %j in UTF-8, puts its row to a human',
    (name) => {
      const file = finish(
        readPeopleFile(bytes(`name,phone\n${name},+447700900101\nAna,+447700900102\n`), { region: 'GB' }),
      )
      expect(file.rows.map(({ problems }) => problems[0]?.code)).toEqual(['row.garbled', 'phone.not_valid'])
    },
  )

  it.each(['João', 'JOÃO', 'Åse', 'Ångström', 'Łukasz Wiśniewski', 'Ærø', 'Ștefan', 'Đặng', 'مريم', '张伟'])(
    'is not suspected for %s in UTF-8',
    (name) => {
      const file = finish(readPeopleFile(bytes(`name,phone\n${name},+447700900101\n`), { region: 'GB' }))
      expect(file.rows[0]?.problems[0]?.code).toBe('phone.not_valid')
      expect(file.warnings).toEqual([])
    },
  )
})
