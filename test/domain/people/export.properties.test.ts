import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportedPerson } from '../../../src/domain/people/exported-person.ts'
import type { ContactPointDraft, PersonDraft } from '../../../src/domain/people/person.ts'
import { readPeopleFile } from '../../../src/domain/people/read-people-file.ts'
import { writePeopleCards } from '../../../src/domain/people/write-people-cards.ts'
import { writePeopleCsv } from '../../../src/domain/people/write-people-csv.ts'
import { finish } from '../finish.ts'

const read = (text: string) =>
  finish(readPeopleFile(new TextEncoder().encode(text), { region: 'GB' })).rows.flatMap(({ person }) => person ?? [])

/** A person as the service would keep what was read. */
function keep(draft: PersonDraft): ExportedPerson {
  return {
    ...draft,
    externalId: draft.externalId ?? null,
    language: draft.language ?? 'en',
    timeZone: draft.timeZone ?? null,
    duty: draft.duty ?? null,
    contactPoints: draft.contactPoints.map((point) => ({
      ...point,
      extension: point.extension ?? null,
      status: 'unverified',
    })),
  }
}

/** What must come back: of the order of contact points, that within each way. */
function essence({ contactPoints, ...person }: PersonDraft) {
  const of = (kind: ContactPointDraft['kind']) =>
    contactPoints
      .filter((point) => point.kind === kind)
      .map(({ address, extension, label }) => [address, extension ?? null, label])
  return { ...person, ways: [of('sms'), of('voice'), of('email'), of('webhook')] }
}

const tricky = [
  '=1+1',
  '+44',
  '-2',
  '@x',
  '\t',
  "'",
  "'=",
  '＝',
  '"',
  ';',
  ',',
  '|',
  ' ::: ',
  'é',
  'ß',
  '007',
  '1E5',
  '\\',
  ':',
  '\n',
]
const word = fc
  .array(fc.oneof(fc.constantFrom(...tricky), fc.stringMatching(/^[A-Za-z ]{1,6}$/)), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
const phones = ['07700 900101', '+447700900102', '020 7946 0018', '+1 202 555 0142 x136', '+44 20 7946 0019 ext. 7', '']
const row = fc.record({
  id: fc.oneof(fc.constant(''), word),
  name: word,
  'Phone 1 - Label': fc.oneof(fc.constantFrom('', 'Work', 'Control room', 'Mobile'), word),
  'Phone 1 - Value': fc.constantFrom(...phones),
  handy: fc.constantFrom(...phones),
  tel: fc.constantFrom(...phones, '+447700900104 ::: 020 7946 0021'),
  'call only': fc.constantFrom('', '+447700900105'),
  'text only': fc.constantFrom('', '+447700900106', '+447700900102'),
  mail: fc.constantFrom('', 'ana@example.org', 'ana@example.org ::: a.b@example.com'),
  webhook: fc.constantFrom('', 'https://gateway.example.org/a,b'),
  language: fc.constantFrom('en', 'fr', 'German'),
  'time zone': fc.constantFrom('', 'Europe/Paris'),
  groups: fc.oneof(fc.constant(''), word),
  duty: fc.oneof(fc.constant(''), word),
  'reports to': fc.oneof(fc.constant(''), word),
  deputy: fc.oneof(fc.constant(''), word),
})

function table(rows: Record<string, string>[]): string {
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const header = Object.keys(rows[0] ?? {})
  return [header, ...rows.map((one) => header.map((name) => one[name] ?? ''))]
    .map((cells) => cells.map(quote).join(','))
    .join('\r\n')
}

const people = fc.array(row, { minLength: 1, maxLength: 4 }).map((rows) => read(table(rows)))

describe('whatever an import has read', () => {
  it.each([
    ['CSV', writePeopleCsv],
    ['vCard', writePeopleCards],
  ] as const)('comes back the same from our own %s', (_, write) => {
    fc.assert(
      fc.property(people, (before) => {
        if (before.length === 0) return
        const after = read(write(before.map(keep)))
        expect(after.map(essence)).toEqual(before.map(essence))
      }),
      { numRuns: 150 },
    )
  })

  it('is safe in a spreadsheet: nothing is calculated, and no digit is lost', () => {
    fc.assert(
      fc.property(people, (before) => {
        const cells = (parse(writePeopleCsv(before.map(keep)), { bom: true }) as string[][]).flat()
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]|^0\d+$|^\d{12,}$|^\d+E\d+$/i)
      }),
      { numRuns: 150 },
    )
  })

  it('is written in lines that every program takes: none longer than 75 octets, none broken within a letter', () => {
    fc.assert(
      fc.property(people, (before) => {
        const card = writePeopleCards(before.map(keep))
        for (const line of card.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      }),
      { numRuns: 60 },
    )
  })
})

describe('numbers that a keeper has arranged', () => {
  it('keep the order in which they are called and texted', () => {
    const point = (kind: 'sms' | 'voice', address: string, marks: ContactPointDraft['marks'] = []) =>
      ({ kind, address, extension: null, label: '', status: 'unverified', marks }) as const
    const [mobile, other, desk] = ['+447700900101', '+447700900102', '+442079460018']
    const arranged: ExportedPerson = {
      ...keep({ name: 'Ana', groups: [], deputies: [], contactPoints: [] }),
      contactPoints: [
        point('voice', desk, ['landline']),
        point('sms', mobile),
        point('sms', other),
        point('voice', other),
        point('voice', mobile),
      ],
    }
    for (const write of [writePeopleCsv, writePeopleCards]) {
      const [ana] = read(write([arranged]))
      const of = (kind: string) =>
        ana?.contactPoints.filter((found) => found.kind === kind).map(({ address }) => address)
      expect([of('sms'), of('voice')]).toEqual([
        [mobile, other],
        [desk, other, mobile],
      ])
    }
  })
})
