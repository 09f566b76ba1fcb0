import { type Alert, messageTypeOf } from '../alerts/alert.ts'
import { offeredResponses, textsFor, textsOfUpdate } from '../alerts/localise.ts'
import type { Rung } from '../alerts/rung.ts'
import type { ChannelFigures, Report, ReportRow } from './report.ts'

/** What the report needs to know of one recipient; times in UTC milliseconds. */
export interface ReportedRecipient {
  personId: string
  name: string
  addedAt: number | null
  rung: Rung
  response: string | null
  acknowledgedChannel: string | null
  acknowledgedAt: number | null
  acknowledgedBy: string | null
  unreachable: string | null
  deliveries: readonly {
    channel: string
    purpose: string
    attempts: readonly { state: string; errorReason: string | null }[]
  }[]
}

/**
 * The report of an alert. The denominator is always the frozen audience; whoever was added later is listed and counted
 * apart, and in no share, time or channel figure; the first answer of a recipient is the
 * acknowledgement; answers recorded on behalf are counted apart as well.
 */
export function buildReport(alert: Alert, recipients: readonly ReportedRecipient[], now: number): Report {
  const { manifest, audience } = alert
  const all = recipients.map((recipient) => toRow(alert, recipient))
  const rows = all.filter(({ addedAt }) => addedAt === null)
  const added = all.filter(({ addedAt }) => addedAt !== null)
  const times = rows.flatMap(({ seconds }) => seconds ?? []).sort((a, b) => a - b)
  const options = offeredResponses(manifest, manifest.fallbackLanguage)
  return {
    alert: {
      id: alert.id,
      kind: alert.kind,
      state: alert.state,
      messageType: messageTypeOf(alert),
      title: textsFor(manifest, manifest.fallbackLanguage).title,
      template: manifest.template.name,
      trees: manifest.trees.map((tree) => tree.name),
      organisation: manifest.organisation,
      raisedAt: toIso(alert.raisedAt),
      raisedBy: alert.raisedBy,
      closedAt: alert.closedAt === null ? null : toIso(alert.closedAt),
      endRemark: alert.endRemark,
      updates: alert.updates.map(({ number, at, by, audience }) => {
        const { title, body } = textsOfUpdate(alert, number, manifest.fallbackLanguage)
        return { number, at: toIso(at), by, audience, title, body }
      }),
    },
    generatedAt: toIso(now),
    audience,
    added: { people: added.length, counts: countRungs(added.length, added), unreachable: countUnreachable(added) },
    counts: countRungs(audience, rows),
    unreachable: countUnreachable(rows),
    onBehalf: rows.filter((row) => row.onBehalfBy !== null).length,
    responses: options.map(({ code, label }) => ({
      code,
      label,
      count: rows.filter((row) => row.response === code).length,
    })),
    timeToAcknowledge: {
      p50: timeOf(times, Math.ceil(audience * 0.5)),
      p90: timeOf(times, Math.ceil(audience * 0.9)),
      last: times.at(-1) ?? null,
    },
    curve: traceCurve(times),
    channels: countChannels(recipients.filter(({ addedAt }) => addedAt === null)),
    recipients: all,
  }
}

function countRungs(people: number, rows: readonly ReportRow[]): Record<Rung, number> {
  const on = (rung: Rung) => rows.filter((row) => row.rung === rung).length
  const above = {
    accepted: on('accepted'),
    delivered: on('delivered'),
    heard: on('heard'),
    acknowledged: on('acknowledged'),
  }
  return { planned: people - Object.values(above).reduce((sum, count) => sum + count, 0), ...above }
}

function countUnreachable(rows: readonly ReportRow[]): number {
  return rows.filter((row) => row.unreachable !== null).length
}

/** One point for each moment at which the number grew, however many answered in it. */
function traceCurve(times: readonly number[]): Report['curve'] {
  const grown = new Map([[0, 0]])
  for (const [index, seconds] of times.entries()) grown.set(seconds, index + 1)
  return [...grown].map(([seconds, acknowledged]) => ({ seconds, acknowledged }))
}

/** When the n-th person had acknowledged; null when fewer did. */
function timeOf(times: readonly number[], nth: number): number | null {
  return nth < 1 ? null : (times[nth - 1] ?? null)
}

function toRow(alert: Alert, recipient: ReportedRecipient): ReportRow {
  const { acknowledgedAt, addedAt } = recipient
  const from = addedAt ?? alert.raisedAt
  return {
    person: recipient.personId,
    name: recipient.name,
    addedAt: addedAt === null ? null : toIso(addedAt),
    rung: recipient.rung,
    response: recipient.response,
    channel: recipient.acknowledgedChannel,
    acknowledgedAt: acknowledgedAt === null ? null : toIso(acknowledgedAt),
    seconds: acknowledgedAt === null ? null : Math.max(0, Math.round((acknowledgedAt - from) / 100) / 10),
    onBehalfBy: recipient.acknowledgedBy,
    unreachable: recipient.unreachable,
    lastError: recipient.rung === 'planned' ? findLastError(recipient) : null,
  }
}

/** Of those whom nothing has reached: why the last hand-over did not work, as far as anything says so. */
function findLastError({ deliveries }: ReportedRecipient): string | null {
  const reasons = deliveries
    .filter(({ purpose }) => purpose === 'alert')
    .flatMap(({ channel, attempts }) =>
      attempts.flatMap(({ errorReason }) => (errorReason === null ? [] : [`${channel}: ${errorReason}`])),
    )
  return reasons.at(-1) ?? null
}

function countChannels(recipients: readonly ReportedRecipient[]): ChannelFigures[] {
  const figures = new Map<string, ChannelFigures>()
  const of = (channel: string) => {
    const known = figures.get(channel)
    if (known) return known
    const fresh = { channel, sent: 0, accepted: 0, delivered: 0, failed: 0, acknowledged: 0 }
    figures.set(channel, fresh)
    return fresh
  }
  for (const { deliveries, acknowledgedChannel } of recipients) {
    for (const { channel, purpose, attempts } of deliveries) {
      if (purpose !== 'alert' || attempts.length === 0) continue
      const count = of(channel)
      const has = (...states: string[]) => attempts.some(({ state }) => states.includes(state))
      count.sent++
      if (has('accepted', 'delivered', 'voicemail')) count.accepted++
      if (has('delivered')) count.delivered++
      if (!has('accepted', 'delivered', 'sending', 'unknown')) count.failed++
    }
    if (acknowledgedChannel !== null) of(acknowledgedChannel).acknowledged++
  }
  return [...figures.values()].sort((a, b) => a.channel.localeCompare(b.channel))
}

function toIso(time: number): string {
  return new Date(time).toISOString()
}
