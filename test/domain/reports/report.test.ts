import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { type Report as ContractReport, report } from '../../../src/contract/reports.ts'
import type { Alert } from '../../../src/domain/alerts/alert.ts'
import { RUNGS } from '../../../src/domain/alerts/rung.ts'
import { unguardCell } from '../../../src/domain/people/unguard-cell.ts'
import { buildReport, type ReportedRecipient } from '../../../src/domain/reports/build-report.ts'
import { describeSeconds } from '../../../src/domain/reports/describe-seconds.ts'
import { drawCurve } from '../../../src/domain/reports/draw-curve.ts'
import type { Report } from '../../../src/domain/reports/report.ts'
import { writeCsv } from '../../../src/domain/reports/write-csv.ts'
import { writePage } from '../../../src/domain/reports/write-page.ts'
import { TEMPLATE } from '../../harness/rig.ts'

const RAISED = Date.UTC(2027, 0, 15, 3)
const alertFor = (audience: number): Alert => ({
  id: '6f1c2b1e-8a5d-4c3b-9e7f-0a1b2c3d4e5f',
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
  warnAt: null,
  endRemark: null,
  updates: [],
  closedBy: null,
})
const recipient = fc.record({
  personId: fc.uuid(),
  addedAt: fc.constant(null),
  name: fc.string({ unit: 'grapheme' }),
  rung: fc.constantFrom(...RUNGS),
  response: fc.constantFrom('yes', 'no', null),
  acknowledgedChannel: fc.constantFrom('sms', null),
  acknowledgedAt: fc.option(fc.integer({ min: RAISED, max: RAISED + 3_600_000 })),
  acknowledgedBy: fc.constantFrom('=Amira Ward', null),
  unreachable: fc.constantFrom('sms: refused', '@sms, refused', null),
  deliveries: fc.constant([]),
})

const answered = (seconds: number): ReportedRecipient => ({
  ...{ personId: 'p', name: 'n', addedAt: null, rung: 'acknowledged', response: 'yes', acknowledgedChannel: 'sms' },
  ...{ acknowledgedAt: RAISED + seconds * 1000, acknowledgedBy: null, unreachable: null, deliveries: [] },
})
const onBehalfOf = (seconds: number): ReportedRecipient => ({ ...answered(seconds), acknowledgedBy: 'Amira Ward' })

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
        for (const cell of Object.values(row ?? {})) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
        expect(unguardCell(row?.name ?? '')).toBe(name)
      }),
    )
  })

  it('measures the time until half of the audience had answered, not half of those who did', () => {
    const { timeToAcknowledge } = buildReport(alertFor(4), [answered(10), answered(20)], RAISED)
    expect(timeToAcknowledge).toEqual({ p50: 20, p90: null, last: 20 })
  })

  it('has exactly the shape that the API promises', () => {
    expectTypeOf<Report>().toEqualTypeOf<ContractReport>()
    const [person] = fc.sample(recipient, 1)
    if (!person) throw new Error('nobody')
    const made = buildReport(alertFor(1), [person], RAISED)
    expect(report.strict().parse(made)).toEqual(made)
  })

  it('lists whoever was added later, and lets them change no share, time or count of the frozen audience', () => {
    const later = { ...answered(600), addedAt: RAISED + 590_000 }
    const silent = { ...later, rung: 'planned' as const, acknowledgedAt: null, unreachable: 'sms: refused' }
    const alone = buildReport(alertFor(2), [answered(10)], RAISED)
    const made = buildReport(alertFor(2), [answered(10), later, silent], RAISED)
    const { added, recipients, ...same } = made
    const { added: none, recipients: one, ...before } = alone
    expect(same).toEqual(before)
    expect(none.people).toBe(0)
    expect(added).toMatchObject({ people: 2, unreachable: 1, counts: { planned: 1, acknowledged: 1 } })
    expect(recipients.map(({ seconds }) => seconds)).toEqual([...one.map(({ seconds }) => seconds), 10, null])
    expect(writePage(made)).toContain('in none of these numbers: 2')
    expect(writeCsv(made)).toContain(new Date(later.addedAt).toISOString())
  })

  it('draws the curve up to everybody who answered, with one point for answers of the same moment', () => {
    fc.assert(
      fc.property(fc.array(recipient, { maxLength: 30 }), (people: ReportedRecipient[]) => {
        const { curve } = buildReport(alertFor(people.length), people, RAISED)
        expect(curve.at(-1)?.acknowledged).toBe(people.filter((one) => one.acknowledgedAt !== null).length)
        expect(new Set(curve.map((point) => point.seconds)).size).toBe(curve.length)
      }),
    )
  })

  it('counts an answer that somebody else recorded apart, and still as an answer', () => {
    const { onBehalf, counts, recipients } = buildReport(alertFor(2), [answered(10), onBehalfOf(20)], RAISED)
    expect({ onBehalf, acknowledged: counts.acknowledged }).toEqual({ onBehalf: 1, acknowledged: 2 })
    expect(recipients.map((row) => row.onBehalfBy)).toEqual([null, 'Amira Ward'])
  })

  it('counts for a channel only what carried the alert itself, not the all-clear and not what never left', () => {
    const sent = (purpose: string, ...states: string[]) => ({
      channel: 'voice',
      purpose,
      attempts: states.map((state) => ({ state, errorReason: null })),
    })
    const deliveries = [
      sent('alert', 'failed', 'delivered'),
      sent('alert', 'voicemail'),
      sent('alert', 'failed'),
      sent('alert'),
      sent('all_clear', 'delivered'),
    ]
    const { channels } = buildReport(alertFor(1), [{ ...answered(10), deliveries }], RAISED)
    expect(channels).toEqual([
      { channel: 'sms', sent: 0, accepted: 0, delivered: 0, failed: 0, acknowledged: 1 },
      { channel: 'voice', sent: 3, accepted: 2, delivered: 1, failed: 2, acknowledged: 0 },
    ])
  })

  it('marks a drill and a live alert in words, and needs neither script nor inline style', () => {
    const drill = writePage(buildReport(alertFor(1), [answered(10)], RAISED))
    const live = writePage(buildReport({ ...alertFor(1), kind: 'live' }, [answered(10)], RAISED))
    expect(drill).toContain('>DRILL</p>')
    expect(live).toContain('>LIVE</p>')
    expect(live).not.toMatch(/<script|<style|style=/)
    expect(live).toContain('<link rel="stylesheet" href="/api/v1/reports.css">')
  })

  it('says "not yet" of what a running alert may still bring, and "never" only after its end', () => {
    const page = (state: Alert['state']) => writePage(buildReport({ ...alertFor(2), state }, [answered(10)], RAISED))
    expect(page('open')).toContain('>not yet<')
    expect(page('open')).not.toContain('>never<')
    expect(page('closed')).toContain('>never<')
  })

  it('says of everybody whom nothing has reached why, also where the plan had not come to its end', () => {
    const failed = { state: 'failed', errorReason: 'The number is not in use.' }
    const deliveries = [{ channel: 'sms', purpose: 'alert', attempts: [failed] }]
    const person = { ...answered(10), rung: 'planned', response: null, acknowledgedAt: null, deliveries } as const
    const report = buildReport(alertFor(2), [person, { ...person, rung: 'delivered' }], RAISED)
    expect(report.recipients.map(({ lastError }) => lastError)).toEqual(['sms: The number is not in use.', null])
    expect(writePage(report)).toContain('not reached: sms: The number is not in use.')
    expect(writeCsv(report).split('\r\n')[1]).toContain('sms: The number is not in use.')
  })

  it('explains why a call that a voicemail took stands in two columns', () => {
    expect(writePage(buildReport(alertFor(1), [answered(10)], RAISED))).toMatch(
      /voicemail took is accepted, and failed/,
    )
  })

  it('draws a curve of finite numbers for nobody, for one second and for days', () => {
    for (const people of [[], [answered(0)], [answered(1)], [answered(900_000)]])
      expect(drawCurve(buildReport(alertFor(people.length), people, RAISED))).not.toMatch(/NaN|Infinity|undefined/)
  })

  it.each([
    [0, '0\u00A0s'],
    [59.6, '1\u00A0min'],
    [200, '3\u00A0min 20\u00A0s'],
    [3900, '1\u00A0h 5\u00A0min'],
  ])('says %d seconds as people say them', (seconds, words) => {
    expect(describeSeconds(seconds)).toBe(words)
  })

  it('shows names as text, never as markup', () => {
    const [person] = fc.sample(recipient, 1)
    if (!person) throw new Error('nobody')
    const page = writePage(buildReport(alertFor(1), [{ ...person, name: '<script>alert(1)</script>' }], RAISED))
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;script&gt;')
  })
})
