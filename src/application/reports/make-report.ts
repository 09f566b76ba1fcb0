import { buildReport, type ReportedRecipient } from '../../domain/reports/build-report.ts'
import type { Report } from '../../domain/reports/report.ts'
import { findAlert } from '../alerts/find-alert.ts'
import type { Deps } from '../deps.ts'

const CHUNK = 500

/** @throws Problem `alert.unknown` */
export async function makeReport(deps: Deps, alertId: string): Promise<Report> {
  const alert = await findAlert(deps, alertId)
  const recipients: ReportedRecipient[] = []
  let cursor: string | null = null
  do {
    const { items, nextCursor } = await deps.store.alerts.recipients(alertId, { cursor, limit: CHUNK })
    const deliveries = await deps.store.alerts.deliveriesOf(items.map((recipient) => recipient.id))
    for (const recipient of items) recipients.push({ ...recipient, deliveries: deliveries.get(recipient.id) ?? [] })
    cursor = nextCursor
  } while (cursor !== null)
  return buildReport(alert, recipients, deps.clock())
}
