import { writeCell } from '../write-cell.ts'
import type { Report } from './report.ts'

const COLUMNS = [
  'person',
  'name',
  'rung',
  'response',
  'channel',
  'acknowledged_at',
  'seconds',
  'recorded_by',
  'unreachable',
  'last_error',
  'added_at',
]
/** One line per recipient (RFC 4180, with a byte-order mark so that spreadsheets read it as UTF-8). */
export function writeCsv(report: Report): string {
  const lines = report.recipients.map((row) =>
    [
      row.person,
      row.name,
      row.rung,
      row.response,
      row.channel,
      row.acknowledgedAt,
      row.seconds === null ? null : String(row.seconds),
      row.onBehalfBy,
      row.unreachable,
      row.lastError,
      row.addedAt,
    ].map((cell) => writeCell(cell ?? '')),
  )
  return `\uFEFF${[COLUMNS, ...lines].map((cells) => cells.join(',')).join('\r\n')}\r\n`
}
