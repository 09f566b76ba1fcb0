import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../src/domain/alerts/alert.ts'
import { RUNGS } from '../../../src/domain/alerts/rung.ts'
import { unguardCell } from '../../../src/domain/people/unguard-cell.ts'
import { buildReport, type ReportedRecipient } from '../../../src/domain/reports/build-report.ts'
import { writeCsv } from '../../../src/domain/reports/write-csv.ts'
import { writePage } from '../../../src/domain/reports/write-page.ts'
import { TEMPLATE } from '../../harness/rig.ts'

const RAISED = Date.UTC(2027, 0, 15, 3)
const alertFor = (audience: number): Alert => ({
  id: 'a',
  kind: 'drill',
  state: 'closed',
  code: '4821',
  manifest: {
    template: { ...TEMPLATE, id: 't', version: 1 },
    trees: [],
    organisation: 'Harbour Watch',
    fallbackLanguage: 'en',
  },
  audience,
  raisedAt: RAISED,
  raisedBy: 'Amira Ward',
  endsAt: RAISED,
  closedAt: RAISED,
  closedBy: null,
})
const recipient = fc.record({
  personId: fc.uuid(),
  name: fc.string({ unit: 'grapheme' }),
  rung: fc.constantFrom(...RUNGS),
  response: fc.constantFrom('yes', 'no', null),
  acknowledgedChannel: fc.constantFrom('sms', null),
  acknowledgedAt: fc.option(fc.integer({ min: RAISED, max: RAISED + 3_600_000 })),
  acknowledgedBy: fc.constant(null),
  unreachable: fc.constantFrom('sms: refused', null),
  deliveries: fc.constant([]),
})

describe('the report', () => {
  it('counts everybody of the frozen audience exactly once, whoever came into it', () => {
    fc.assert(
      fc.property(fc.array(recipient, { maxLength: 30 }), fc.nat(20), (people: ReportedRecipient[], removed) => {
        const { counts, audience } = buildReport(alertFor(people.length + removed), people, RAISED)
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(audience)
      }),
    )
  })

  it('never opens a formula in a spreadsheet, and its names come back as they were', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', "'=", '')
    fc.assert(
      fc.property(start, recipient, (first, person) => {
        const name = first + person.name.replaceAll('\0', '')
        const csv = writeCsv(buildReport(alertFor(1), [{ ...person, name }], RAISED))
        const [row] = parse(csv, { bom: true, columns: true, record_delimiter: '\r\n' }) as { name: string }[]
        expect(row?.name).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
        expect(unguardCell(row?.name ?? '')).toBe(name)
      }),
    )
  })

  it('measures the time until half of the audience had answered, not half of those who did', () => {
    const answered = (seconds: number) => ({
      ...{ personId: 'p', name: 'n', rung: 'acknowledged' as const, response: 'yes', acknowledgedChannel: 'sms' },
      ...{ acknowledgedAt: RAISED + seconds * 1000, acknowledgedBy: null, unreachable: null, deliveries: [] },
    })
    const { timeToAcknowledge } = buildReport(alertFor(4), [answered(10), answered(20)], RAISED)
    expect(timeToAcknowledge).toEqual({ p50: 20, p90: null, last: 20 })
  })

  it('shows names as text, never as markup', () => {
    const [person] = fc.sample(recipient, 1)
    if (!person) throw new Error('nobody')
    const page = writePage(buildReport(alertFor(1), [{ ...person, name: '<script>alert(1)</script>' }], RAISED))
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;script&gt;')
  })
})
