import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReading, writeReading } from '../../src/application/people/keep-reading.ts'
import type { ContactPointDraft, PersonDraft } from '../../src/domain/people/person.ts'
import type { PeopleFile, PeopleFileRow } from '../../src/domain/people/read-people-file.ts'
import type { RowProblem } from '../../src/domain/people/row-problem.ts'

const text = fc.string({ unit: 'binary', maxLength: 12 })
const point: fc.Arbitrary<ContactPointDraft> = fc.record(
  {
    kind: fc.constantFrom('sms', 'voice', 'email', 'webhook'),
    address: text,
    extension: text,
    label: text,
    marks: fc.subarray(['not_valid', 'repaired', 'landline', 'mobile'] as const).map((marks) => [...marks]),
  },
  { requiredKeys: ['kind', 'address', 'label', 'marks'] },
)
const person: fc.Arbitrary<PersonDraft> = fc.record(
  {
    externalId: text,
    name: text,
    language: text,
    timeZone: text,
    groups: fc.array(text, { maxLength: 3 }),
    duty: text,
    reportsTo: text,
    deputies: fc.array(text, { maxLength: 3 }),
    calls: fc.array(text, { maxLength: 3 }),
    contactPoints: fc.array(point, { maxLength: 4 }),
  },
  { requiredKeys: ['name', 'groups', 'deputies', 'contactPoints'] },
)
const problem: fc.Arbitrary<RowProblem> = fc.record({
  field: text,
  code: text,
  reason: text,
  severity: fc.constantFrom('refused', 'review', 'warning'),
})
const problems = fc.array(problem, { maxLength: 2 })
const row: fc.Arbitrary<PeopleFileRow> = fc.oneof(
  fc.record({ line: fc.nat(), person, problems }),
  fc.record({ line: fc.nat(), problems }),
)
const fileOf = (rows: PeopleFileRow[]): PeopleFile => ({
  encoding: 'utf-8',
  separator: ',',
  columns: [],
  unknownColumns: ['shoe size'],
  mapping: [{ header: 'name', role: 'name', samples: ['Amira Ward'] }],
  warnings: [],
  rows,
})

async function* one<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}
const back = (pieces: readonly string[]) => readReading(one(pieces), async () => {})

describe('what a preview keeps of a file', () => {
  it('comes back as it was read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
        expect(await back([...writeReading(fileOf(rows))])).toEqual(fileOf(rows))
      }),
    )
  })

  it.each([
    ['thousands of rows', 'Amira Ward', 9_000],
    ['a cell as long as several pieces', '🚒'.repeat(600_000), 1],
    ['a cell as long as several pieces, a letter further', `A${'🚒'.repeat(600_000)}`, 1],
  ])(
    'fits the values of the database piece by piece, and nothing with a piece missing is taken for it: %s',
    async (_, name, count) => {
      const rows = Array.from({ length: count }, (_, at) => {
        const contactPoints = [{ kind: 'sms' as const, address: '+447700900101', label: 'mobile', marks: [] }]
        return { line: at + 2, person: { name, groups: [], deputies: [], contactPoints }, problems: [] }
      })
      const pieces = [...writeReading(fileOf(rows))]
      expect(pieces.length).toBeGreaterThan(1)
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(450_000)
        expect(piece.isWellFormed()).toBe(true)
      }
      expect(await back(pieces)).toEqual(fileOf(rows))
      expect(await back(pieces.slice(0, -1))).toBeNull()
      expect(await back(pieces.slice(1))).toBeNull()
      expect(await back([])).toBeNull()
    },
  )
})
