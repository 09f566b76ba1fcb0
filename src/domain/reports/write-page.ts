import type { AlertState, UpdateAudience } from '../alerts/alert.ts'
import { escapeHtml } from '../escape-html.ts'
import { describeSeconds } from './describe-seconds.ts'
import { drawCurve } from './draw-curve.ts'
import type { Report, ReportRow } from './report.ts'

/** The report as a page that needs no script and prints as it is. */
export function writePage(report: Report): string {
  const { alert, audience, counts, timeToAcknowledge: time } = report
  const kind = alert.kind === 'drill' ? 'DRILL' : 'LIVE'
  const share = (count: number) => (audience === 0 ? '' : `${((count / audience) * 100).toFixed(1)} %`)
  const rungs = Object.entries(counts).map(([rung, count]) => [rung, String(count), share(count)])
  const notReached = alert.state === 'open' ? 'not yet' : 'never'
  const times = [
    ['Half of the audience', time.p50],
    ['90 % of the audience', time.p90],
    ['The last who answered', time.last],
  ].map(([label, seconds]) => [String(label), seconds === null ? notReached : describeSeconds(Number(seconds))])
  const labels = new Map(report.responses.map(({ code, label }) => [code, label]))
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${kind} report: ${escapeHtml(alert.title)}</title><link rel="stylesheet" href="/api/v1/reports.css"></head><body><main>
<p class="mark ${alert.kind}">${kind}</p><h1>${escapeHtml(alert.title)}</h1>
<p class="soft">${escapeHtml(alert.organisation)} · template ${escapeHtml(alert.template)} · ${escapeHtml(alert.trees.join(', '))}<br>
Raised ${when(alert.raisedAt)} by ${escapeHtml(alert.raisedBy)} · ${alert.closedAt === null ? 'still open' : `${ENDS[alert.state]} ${when(alert.closedAt)}`} · report made ${when(report.generatedAt)}</p>
${alert.endRemark === null ? '' : `<p>${escapeHtml(alert.endRemark)}</p>`}${updatesOf(report)}
<h2>How far it got</h2><p>${audience} people, fixed when it was raised. Each is counted once, on the highest rung that is proven.</p>
${table('How far it got', ['Rung', 'People', 'Share'], rungs)}
${addedOf(report)}<p>Could not be reached: ${report.unreachable}. Answers recorded on behalf of somebody: ${report.onBehalf}.</p>
<h2>Acknowledged over time</h2><figure>${drawCurve(report)}<figcaption class="soft">Share of all ${audience} people, over the time since it was raised. Circle: half had answered. Square: 90 % had.</figcaption></figure>
<details><summary>The curve as figures</summary>${table(
    'The curve as figures',
    ['After', 'People who had acknowledged'],
    report.curve.map((point) => [describeSeconds(point.seconds), String(point.acknowledged)]),
  )}</details>${table('Time to acknowledge', ['Time to acknowledge', 'After'], times)}
<h2>Answers</h2>${table(
    'Answers',
    ['Answer', 'People'],
    report.responses.map(({ label, count }) => [label, String(count)]),
  )}
<h2>Channels</h2>${table(
    'Channels',
    ['Channel', 'Sent', 'Accepted', 'Delivered', 'Failed', 'Acknowledged'],
    report.channels.map((row) =>
      [row.channel, row.sent, row.accepted, row.delivered, row.failed, row.acknowledged].map(String),
    ),
  )}
<p class="soft">Each message counts once in every column that fits it. A call that a voicemail took is accepted, and failed as well: nobody heard it.</p>
<h2>People</h2>${table(
    'People',
    ['Name', 'Rung', 'Answer', 'Channel', 'After', 'Remark'],
    report.recipients.map((row) => describeRow(row, labels)),
  )}
</main></body></html>`
}

const ENDS: Record<AlertState, string> = {
  open: 'ended',
  closed: 'closed with an all-clear',
  expired: 'ended by its lifetime',
  cancelled: 'cancelled',
  in_error: 'called an error',
}

const AUDIENCES: Record<UpdateAudience, string> = {
  all: 'everyone',
  acknowledged: 'those who had answered',
  silent: 'those who had not answered',
}

function addedOf({ added }: Report): string {
  if (added.people === 0) return ''
  const { people, counts, unreachable } = added
  return `<p>Added while it was running, and in none of these numbers: ${people}, of whom ${counts.acknowledged} acknowledged and ${unreachable} could not be reached.</p>`
}

function updatesOf({ alert }: Report): string {
  if (alert.updates.length === 0) return ''
  const rows = alert.updates.map(({ at, by, audience, title, body }) => [
    when(at),
    by,
    AUDIENCES[audience],
    title,
    body,
  ])
  return `<h2>Updates</h2>${table('Updates', ['When', 'By', 'For', 'Title', 'Text'], rows)}`
}

function describeRow(row: ReportRow, labels: ReadonlyMap<string, string>): string[] {
  const recorded = row.onBehalfBy === null ? null : `recorded by ${row.onBehalfBy}`
  const failed = row.unreachable === null && row.lastError !== null ? `not reached: ${row.lastError}` : null
  const added = row.addedAt === null ? null : `added ${when(row.addedAt)}`
  const remark = [added, row.unreachable, failed, recorded].filter((part) => part !== null).join('; ')
  const answer = row.response === null ? '' : (labels.get(row.response) ?? row.response)
  const after = row.seconds === null ? '' : describeSeconds(row.seconds)
  return [row.name, row.rung, answer, row.channel ?? '', after, remark]
}

function table(label: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const numeric = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^\d*(\.\d+)?( %)?$/.test(row[column] ?? '')),
  )
  const cell = (tag: 'th' | 'td', text: string, column: number) =>
    `<${tag}${numeric[column] ? ' class="number"' : ''}${tag === 'th' ? ' scope="col"' : ''}>${escapeHtml(text)}</${tag}>`
  const body = rows.map((row) => `<tr>${row.map((text, column) => cell('td', text, column)).join('')}</tr>`)
  return `<div class="wide" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table><thead><tr>${head.map((text, column) => cell('th', text, column)).join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

function when(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}
