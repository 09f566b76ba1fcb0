import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhoneNumbers } from '../../../src/domain/people/phone-number.ts'

function read(text: string, region = 'GB'): string[] | string {
  const reading = readPhoneNumbers(text, region)
  if (!reading.ok) return reading.code
  return reading.numbers.map(({ e164, extension }) => (extension ? `${e164} ext ${extension}` : e164))
}

function marksOf(text: string, region = 'GB') {
  const reading = readPhoneNumbers(text, region)
  return reading.ok ? reading.numbers[0]?.marks : reading.code
}

describe('a phone cell', () => {
  it.each([
    ['07700 900123', 'GB', '+447700900123'],
    ['7700900123', 'GB', '+447700900123'],
    ['447700900123.0', 'GB', '+447700900123'],
    ['(+44) 7700 900123', 'GB', '+447700900123'],
    ['+ 44 7700 900123', 'GB', '+447700900123'],
    ['tel:+44-7700-900123', 'GB', '+447700900123'],
    ['Mobile: 07700 900123', 'GB', '+447700900123'],
    ['(202) 555-0142', 'US', '+12025550142'],
    ['1-202-555-0142', 'US', '+12025550142'],
    ['0044 7700 900123', 'US', '+447700900123'],
    ['011 44 7700 900123', 'US', '+447700900123'],
    ['030/1234567', 'DE', '+49301234567'],
    ['0049 6131/1234567', 'DE', '+4961311234567'],
    ['+49 (0)30 12345678', 'GB', '+493012345678'],
    ['+39 (0)6 1234 5678', 'GB', '+390612345678'],
    ['+299 22 12 34', 'GB', '+299221234'],
  ])('%s typed in %s is one number', (text, region, e164) => {
    expect(read(text, region)).toEqual([e164])
  })

  it.each([
    ['2023-05-12', 'DE'],
    ['2023-05-12 10:30', 'GB'],
    ['12.05.2023', 'AT'],
    ['12/05/2023', 'IT'],
    ['05/31/2023', 'IT'],
  ])('%s in %s is a date and no number', (text, region) => {
    expect(read(text, region)).toBe('phone.not_a_number')
  })

  it.each([
    ['030 1234567/68', 'DE'],
    ['+49 30 1234567/68', 'DE'],
    ['030 123456 / 78', 'DE'],
    ['030 123456-0 /-12', 'DE'],
    ['030 1234567/8', 'DE'],
    ['030 1234 030 1235', 'DE'],
    ['01 1234 01 1235', 'AT'],
    ['0171 1234567 2', 'DE'],
    ['0171 1234567 (2)', 'DE'],
  ])('%s in %s may be more than one number, so a human says which digits are dialled', (text, region) => {
    expect(read(text, region)).toBe('phone.review')
  })

  it.each([
    ['0171/1234567', 'DE', '+491711234567'],
    ['030-1234567', 'DE', '+49301234567'],
    ['06131/1234', 'DE', '+4961311234'],
    ['0664/123 45 67', 'AT', '+436641234567'],
    ['02/123.45.67', 'BE', '+3221234567'],
    ['01 02 01 02 03', 'FR', '+33102010203'],
    ['06.39.98.12.34', 'FR', '+33639981234'],
    ['020 7946 0018', 'GB', '+442079460018'],
  ])('%s typed in %s stays one number', (text, region, e164) => {
    expect(read(text, region)).toEqual([e164])
  })

  it.each([
    ['07700900123,0', 'GB', '+447700900123'],
    ['447700900123,00', 'GB', '+447700900123'],
    ['7700900123.00', 'GB', '+447700900123'],
    ['+491711234567,0', 'DE', '+491711234567'],
  ])('%s in %s is a number to which a spreadsheet has given decimals', (text, region, e164) => {
    expect(read(text, region)).toEqual([e164])
    expect(marksOf(text, region)).toContain('repaired')
  })

  it('with an emergency number behind a comma is refused, since it may be dialled next', () => {
    expect(read('07700900123,999')).toBe('phone.emergency')
    expect(read('07700900123, 112')).toBe('phone.emergency')
    expect(read('020 7946 0018 ext 101')).toEqual(['+442079460018 ext 101'])
  })

  it.each([
    '07700 900123 / 07700 900456',
    '07700900123/07700900456',
    '07700 900123; 07700 900456',
    '07700 900123, 07700 900456',
    '07700 900123\n07700 900456',
    '07700 900123 ::: 07700 900456',
    '07700 900123 or 07700 900456',
    '+447700900123+447700900456',
  ])('that holds two numbers as in %j gives both', (text) => {
    expect(read(text)).toEqual(['+447700900123', '+447700900456'])
  })

  it.each([
    '020 7946 0018 x22',
    '020 7946 0018 (ext 22)',
    '020 7946 0018 ext.22',
    '020 7946 0018;ext=22',
    '020 7946 0018,,22',
    '020 7946 0018 #22',
    '020 7946 0018 poste n° 22',
    '020 7946 0018 Durchwahl 22',
    '020 7946 0018 p22',
    '020 7946 0018w22',
  ])('with an extension as in %s keeps it apart', (text) => {
    expect(read(text)).toEqual(['+442079460018 ext 22'])
  })

  it.each(['٠٧٧٠٠ ٩٠٠١٢٣', '０７７００ ９００１２３', '۰۷۷۰۰ ۹۰۰۱۲۳', '०७७०० ९००१२३'])(
    'in the digits of another script (%s) is read and marked as repaired',
    (text) => {
      expect(read(text)).toEqual(['+447700900123'])
      expect(marksOf(text)).toContain('repaired')
    },
  )

  it.each(['\u202a+44 7700 900123\u202c', '+44\u200b7700900123', "'+447700900123", '="+447700900123"'])(
    'with what copying and spreadsheets leave behind (%j) is read and marked as repaired',
    (text) => {
      expect(read(text)).toEqual(['+447700900123'])
      expect(marksOf(text)).toContain('repaired')
    },
  )

  it('with no-break spaces needs no repair', () => {
    expect(marksOf('+44\u00a07700\u00a0900123')).toEqual(['not_valid'])
  })

  it.each(['4.47700900123E+11', '4,477E+11', '########', '#REF!', '#N/A'])(
    'that a spreadsheet has destroyed (%s) is refused, for its digits are gone',
    (text) => {
      expect(read(text)).toBe('phone.spreadsheet_damage')
    },
  )

  it.each([
    ['112', 'GB'],
    ['999', 'GB'],
    ['911', 'US'],
    ['+44 112', 'GB'],
    ['+44 0112', 'GB'],
    ['00 44 999', 'GB'],
    ['*112#', 'GB'],
    ['１１２', 'GB'],
    ['112112', 'DE'],
    ['tel:112', 'GB'],
    ['000', 'AU'],
    ['15', 'FR'],
  ])('with the emergency number %s (%s) is refused', (text, region) => {
    expect(read(text, region)).toBe('phone.emergency')
  })

  it.each([
    ['TBC', 'phone.not_a_number'],
    ['?', 'phone.not_a_number'],
    ['1-800-FLOWERS', 'phone.not_a_number'],
    ['12345', 'phone.too_short'],
    ['555-0142', 'phone.too_short'],
    ['123456789012345678', 'phone.too_long'],
    ['07700 900123 07700 900456', 'phone.too_long'],
    ['+999 1234567890', 'phone.unknown_country'],
  ])('with %s is refused with %s', (text, code) => {
    expect(read(text, 'US')).toBe(code)
  })

  it.each([
    ['011 44 7700 900123', 'GB'],
    ['1-202-555-0142', 'GB'],
    ['33639981234', 'GB'],
    ['1-202-555-0142', 'DE'],
    ['447700900123', 'DE'],
    ['447700900123', 'IT'],
    ['07700 9OO123', 'GB'],
    ['O7700 900123', 'GB'],
    ['07700 90012 O', 'GB'],
    ['07700 900123²', 'GB'],
    ['011 15 2345 6789', 'AR'],
  ])('that can be read in two ways (%s in %s) is put to a human', (text, region) => {
    expect(read(text, region)).toBe('phone.review')
  })

  it.each([
    ['wrong number 07700 900123', 'wrong number'],
    ['07700 900123 DO NOT USE', 'DO NOT USE'],
    ['do not call: 07700 900123', 'do not call'],
    ['not 07700 900123', 'not'],
    ['07700 900123 (old)', '(old)'],
    ['wife 07700 900123', 'wife'],
    ['07700 900123 - neighbour', 'neighbour'],
    ['alt: 07700 900123', 'alt'],
    ['nicht anrufen 07700 900123', 'nicht anrufen'],
    ['(ex) 07700 900123', '(ex)'],
    ['Fax 07700 900123 (old)', '(old) Fax'],
  ])('beside words that are no label (%s) is put to a human, who is told the words', (text, words) => {
    expect(readPhoneNumbers(text, 'GB')).toMatchObject({ code: 'phone.review', reason: expect.stringContaining(words) })
  })

  it.each([
    'Mobile: 07700 900123',
    'Work mobile 07700 900123',
    'tel. 07700 900123',
    'Tel.-Nr.: 07700 900123',
    '07700 900123 (home)',
    '07700 900123 office',
    'Handy: 07700 900123',
    'Geschäftlich 07700 900123',
    'Tél. portable : 07700 900123',
    'móvil 07700 900123',
    'cellulare 07700 900123',
    'mobiel 07700 900123',
    'tel. kom. 07700 900123',
    'komórka: 07700 900123',
    'M: 07700 900123',
    '07700 900123 (ask for Sam)',
  ])('beside its label (%s) is a number', (text) => {
    expect(read(text)).toEqual(['+447700900123'])
  })

  it.each(['Fax: 020 7946 0018', 'Telefax 020 7946 0018', '020 7946 0018 (fax)', 'fax work 020 7946 0018'])(
    'that says it is a fax (%s) gives no number, and counts the fax',
    (text) => {
      expect(readPhoneNumbers(text, 'GB')).toEqual({ ok: true, numbers: [], faxes: 1 })
    },
  )

  it('keeps the telephone that stands beside a fax', () => {
    expect(read('Tel: 020 7946 0018 / Fax: 020 7946 0019')).toEqual(['+442079460018'])
  })

  it.each([
    ['06 39 98 12 3', 'FR'],
    ['+33 06 39 98 12 3', 'FR'],
    ['0033 06 39 98 12 3', 'GB'],
    ['8 495 123 45 6', 'RU'],
    ['1 202 555 010', 'US'],
  ])('that lacks a digit and keeps its trunk prefix instead (%s in %s) is refused as too short', (text, region) => {
    expect(read(text, region)).toBe('phone.too_short')
  })

  it('never keeps the trunk zero, in any region where a number has one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...['FR', 'GB', 'DE', 'NL', 'BE', 'CH', 'AT', 'SE', 'AU', 'NZ', 'ZA', 'IE']),
        fc.stringMatching(/^0[1-9]\d{5,10}$/),
        (region, text) => {
          const numbers = read(text, region)
          if (typeof numbers !== 'string')
            for (const e164 of numbers) expect(e164).not.toMatch(/^\+(?:33|44|49|31|32|41|43|46|61|64|27|353)0/)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each(['', '-', '—', ' / ', ' ::: '])('that says nothing (%j) holds no number and is no error', (text) => {
    expect(read(text)).toEqual([])
  })

  it('tells mobiles from landlines where the plan does', () => {
    expect(marksOf('+442079460018')).toEqual(['landline'])
    expect(marksOf('+36 20 123 4567')).toEqual(['mobile'])
  })
})

const regions = ['GB', 'US', 'DE', 'FR', 'IT', 'AR', 'MX', 'BS', 'BR', 'AU', 'ZZ', '']
const phoneLike = fc.array(
  fc.oneof(
    fc.constantFrom(...'0123456789+-() ./,;#x٠٣٩０７۵'.split('')),
    fc.constantFrom('00', '011', '+44', '(0)', ' ext ', ' ::: ', ' / ', ';ext=', ',,', '0044', '\u200b', 'E+11'),
  ),
  { maxLength: 24 },
)
const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  phoneLike.map((parts) => parts.join('')),
)

const scripts = ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '０１２３４５６７８９']

/** The digits of a text in the scripts that the generators use, found without the code under test. */
function digitsOf(text: string): string {
  return Array.from(text, (char) => {
    const script = scripts.find((digits) => digits.includes(char))
    return script ? String(script.indexOf(char)) : char
  })
    .join('')
    .replace(/\D/g, '')
}

function isSubsequence(inner: string, outer: string): boolean {
  let next = 0
  for (const char of outer) if (char === inner[next]) next++
  return next === inner.length
}

describe('whatever stands in a phone cell', () => {
  it('is read or refused with a code and a reason, and never throws', () => {
    fc.assert(
      fc.property(cell, fc.constantFrom(...regions), (text, region) => {
        const reading = readPhoneNumbers(text, region)
        if (!reading.ok) expect(reading.code).toMatch(/^phone\.[a-z_]+$/)
        else for (const { e164 } of reading.numbers) expect(e164).toMatch(/^\+[1-9]\d{5,14}$/)
      }),
      { numRuns: 3000 },
    )
  })

  it('never gains a digit that nobody typed, apart from the country code', () => {
    fc.assert(
      fc.property(cell, fc.constantFrom(...regions), (text, region) => {
        const reading = readPhoneNumbers(text, region)
        if (!reading.ok) return
        const typed = digitsOf(text)
        for (const { e164, extension } of reading.numbers) {
          const national = [1, 2, 3].map((length) => e164.slice(1 + length))
          expect(national.some((digits) => isSubsequence(digits, typed))).toBe(true)
          expect(isSubsequence(extension ?? '', typed)).toBe(true)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('never becomes an emergency number', () => {
    const emergency = fc.constantFrom('112', '999', '911', '110', '000', '15', '118')
    const around = fc.constantFrom('', ' ', '+44', '0', '00 44 ', '(0)', 'tel:', '\u202a', '*', '-')
    fc.assert(
      fc.property(around, emergency, fc.constantFrom('', ' ', '#', '\u202c'), (before, number, after) => {
        expect(readPhoneNumbers(before + number + after, 'GB').ok).toBe(false)
      }),
    )
  })
})
