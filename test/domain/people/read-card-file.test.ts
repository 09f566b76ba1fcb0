import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/domain/errors.ts'
import { readCards } from '../../../src/domain/people/read-cards.ts'
import { type PeopleFile, readPeopleFile } from '../../../src/domain/people/read-people-file.ts'
import { finish } from '../finish.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/cases/${name}`, import.meta.url))
const read = (content: string | Uint8Array, region = 'GB'): PeopleFile =>
  finish(readPeopleFile(typeof content === 'string' ? new TextEncoder().encode(content) : content, { region }))
const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')
const person = (content: string | Uint8Array, at = 0) => read(content).rows[at]?.person
const points = (content: string | Uint8Array, at = 0) =>
  (person(content, at)?.contactPoints ?? []).map(({ kind, address, extension, label }) =>
    [kind, address, extension && `ext ${extension}`, label && `(${label})`].filter(Boolean).join(' '),
  )

describe('reported failure 07: grouped and folded lines of an address book', () => {
  const file = fixture('case-07-apple-v3.vcf')

  it('are two people with every number, label and the whole mail address', () => {
    expect(read(file).rows.map((row) => [row.line, row.person?.name])).toEqual([
      [1, 'Sam Okafor'],
      [15, 'Gatehouse'],
    ])
    expect(points(file)).toEqual([
      'sms +447700900123 (mobile)',
      'voice +447700900123 (mobile)',
      'voice +442079460018 (Control room)',
      'email sam.okafor+a-very-long-alias-used-for-emergency-drills@example.org',
    ])
    expect(points(file, 1)).toEqual(['voice +442079460021 (work)'])
  })

  it('keep the note in one piece, the end of a card that is quoted in it included', () => {
    const [sam] = [...readCards(file.toString('utf8').replaceAll('\r\n', '\n'))]
    expect(sam?.properties.find(({ name }) => name === 'NOTE')?.value).toMatch(/END:VCARD.*so does this one\.$/)
  })
})

describe('reported failure 08: numbers as URIs, with extensions', () => {
  it('are the number, and its extension apart', () => {
    expect(points(fixture('case-08-tel-uri-ext.vcf'))).toEqual([
      'sms +447700900123 (mobile)',
      'voice +447700900123 (mobile)',
      'voice +12025550142 ext 136 (work)',
      'voice +33199001234 (home)',
    ])
  })

  it.each([
    ['tel:7946-0018;phone-context=+44-20', ['voice +442079460018']],
    ['tel:+44%207700%20900123', ['sms +447700900123', 'voice +447700900123']],
    ['tel:7042;phone-context=example.org', []],
    ['+1 202 555 0142\\,\\,136', ['voice +12025550142 ext 136']],
  ])('are never read as another number: %s', (value, expected) => {
    expect(points(card('VERSION:4.0', 'FN:Rae', `TEL;VALUE=uri:${value}`))).toEqual(expected)
  })
})

describe('a card of version 2.1, as old phones write it', () => {
  const old = card(
    'VERSION:2.1',
    'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Lef=E8vre;Zo=',
    '=E9',
    'TEL;CELL;PREF:06 39 98 12 34',
    'TEL;WORK;FAX:01 99 00 12 35',
    'EMAIL;INTERNET:zoe@example.org',
    'PHOTO;JPEG;ENCODING=BASE64:',
    ' /9j/4AAQSkZJRgABAQEASABIAAD',
    '',
  )

  it('spells names in quoted-printable right, in the character set that it names', () => {
    expect(person(old)?.name).toBe('Zoé Lefèvre')
    const utf8 = card('VERSION:2.1', 'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C5=81ukasz =57i=C5=', '=9Bniewski')
    expect(person(utf8)?.name).toBe('Łukasz Wiśniewski')
  })

  it('knows bare types, and never takes a fax or a pager for a way to reach somebody', () => {
    const found = read(old, 'FR').rows[0]?.person?.contactPoints.map(({ kind, address }) => `${kind} ${address}`)
    expect(found).toEqual(['sms +33639981234', 'voice +33639981234', 'email zoe@example.org'])
    expect(points(card('FN:Ana', 'TEL;TYPE=PAGER:07700 900123'))).toEqual([])
  })

  it('does not become two people where another card is inside it', () => {
    const boss = card('FN:Ana', 'AGENT:', 'BEGIN:VCARD', 'FN:Bo', 'TEL:07700 900124', 'END:VCARD', 'TEL:07700 900123')
    expect(read(boss).rows).toHaveLength(1)
    expect(points(boss)).toEqual(['sms +447700900123', 'voice +447700900123'])
    const inLine = card('FN:Ana', 'AGENT:BEGIN:VCARD', 'FN:Bo', 'TEL:07700 900124', 'END:VCARD', 'TEL:07700 900123')
    expect(read(inLine).rows).toHaveLength(1)
    expect(person(inLine)?.name).toBe('Ana')
    expect(points(inLine)).toEqual(['sms +447700900123', 'voice +447700900123'])
    const open = `${inLine.replace('END:VCARD\r\n', '').replace('END:VCARD\r\n', '')}${card('FN:Cy', 'TEL:07700 900125')}`
    expect(points(open, 1)).toEqual(['sms +447700900125', 'voice +447700900125'])
  })

  it.each(['Wife', 'Emergency contact (mother)', 'alte Nummer', 'assistant'])(
    'puts a number or address that is called %j to a human',
    (label) => {
      for (const way of ['TEL:07700 900123', 'EMAIL:ana@example.org']) {
        const labelled = card('FN:Ana', `item1.${way}`, `item1.X-ABLabel:${label}`)
        expect(points(labelled)).toEqual([])
        expect(read(labelled).rows[0]?.problems).toMatchObject([{ severity: 'review' }])
      }
    },
  )

  it('leaves out the number of an assistant', () => {
    const assisted = card('FN:Ana', 'TEL;TYPE=ASSISTANT:07700 900124', 'TEL;TYPE=cell:07700 900123')
    expect(points(assisted)).toEqual(['sms +447700900123 (mobile)', 'voice +447700900123 (mobile)'])
  })
})

describe('a card of version 4.0', () => {
  const full = card(
    'VERSION:4.0',
    'UID:urn:uuid:00000000-0000-4000-8000-000000000001',
    'FN:Ward\\, Amira',
    'TEL;PREF=2;TYPE=home:07700 900102',
    'TEL;PREF=1;TYPE="work,cell":07700 900101',
    'EMAIL;TYPE=work:mailto:amira@example.org',
    'LANG;PREF=1:fr',
    'TZ:Europe/Paris',
    'CATEGORIES:Fire,Night\\, shift',
    'ROLE:warden',
    'NOTE:nobody else should read this',
    'BDAY:19800101',
  )

  it('gives id, language, time zone, groups and duty, and the preferred number first', () => {
    expect(person(full)).toMatchObject({
      externalId: 'urn:uuid:00000000-0000-4000-8000-000000000001',
      name: 'Ward, Amira',
      language: 'fr',
      timeZone: 'Europe/Paris',
      groups: ['Fire', 'Night, shift'],
      duty: 'warden',
    })
    expect(points(full).slice(0, 2)).toEqual(['sms +447700900101 (work mobile)', 'voice +447700900101 (work mobile)'])
  })

  it('keeps nothing that no alert needs', () => {
    expect(JSON.stringify(read(full))).not.toMatch(/nobody else|19800101/)
  })

  it('is taken with a remark where its time zone is an offset, which address books fill in by themselves', () => {
    const [row] = read(card('FN:Ana', 'TEL:07700 900101', 'TZ:-0500')).rows
    expect(row?.person?.timeZone).toBeUndefined()
    expect(row?.problems).toContainEqual(expect.objectContaining({ code: 'time_zone.unknown', severity: 'warning' }))
  })
})

describe('a file of cards', () => {
  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${card('FN:Zoé', 'TEL:07700 900101')}`, 'utf16le')],
    ['Windows-1252', Buffer.from(card('FN:Zoé', 'TEL:07700 900101'), 'latin1')],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${card('FN:Zoé', 'TEL:07700 900101')}`)],
  ])('is read in %s', (_, bytes) => {
    expect(person(bytes)?.name).toBe('Zoé')
  })

  it('gives the groups that are cards of their own to their members', () => {
    const people = card('FN:Ana', 'UID:a', 'TEL:07700 900101') + card('FN:Bo', 'UID:b', 'TEL:07700 900102')
    const group = card('FN:Wardens', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b')
    const file = read(people + group)
    expect(file.rows.map((row) => [row.person?.name, row.person?.groups])).toEqual([
      ['Ana', []],
      ['Bo', ['Wardens']],
    ])
  })

  it.each([
    ['that is cut', 'BEGIN:VCARD\nFN:Ana\nTEL:07700 900101\n', 'card.broken'],
    ['whose address is broken in two', card('FN:Ana', 'EMAIL:ana.w', 'ard@example.org'), 'card.broken'],
    ['whose letters are destroyed', card('FN:Zo\uFFFD', 'TEL:07700 900101'), 'row.garbled'],
    ['that dials the police', card('FN:Ana', 'TEL:999'), 'phone.emergency'],
    ['that names nobody', card('TEL:07700 900101'), 'person.no_name'],
  ])('flags a card %s', (_, text, code) => {
    expect(read(text).rows[0]?.problems[0]).toMatchObject({ code })
    expect(read(text).rows[0]?.problems[0]?.severity).not.toBe('warning')
  })

  it('never throws but for a named problem, and makes no number that was not in it', () => {
    const pieces = fc.constantFrom(
      ...['BEGIN:VCARD\n', 'END:VCARD\n', 'FN:', 'N;', 'TEL:', 'TEL;TYPE=', 'item1.', 'X-ABLABEL:', '\n', '\n ', '=\n'],
      ...[
        'ENCODING=QUOTED-PRINTABLE:',
        '"',
        ';',
        ':',
        ',',
        '\\',
        '=C3',
        '+44',
        '07700 900',
        '123',
        'tel:',
        ';ext=',
        'é',
      ],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = `BEGIN:VCARD\n${parts.join('')}`
        try {
          const typed = text.replace(/\D/g, '')
          for (const row of read(text).rows) {
            for (const { kind, address } of row.person?.contactPoints ?? []) {
              if (kind === 'email') continue
              const national = [1, 2, 3].map((length) => address.slice(1 + length))
              expect(national.some((digits) => isWithin(digits, typed))).toBe(true)
            }
          }
        } catch (error) {
          if (!(error instanceof Problem)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function isWithin(inner: string, outer: string): boolean {
  let next = 0
  for (const char of outer) if (char === inner[next]) next++
  return next === inner.length
}
