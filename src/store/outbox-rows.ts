import type { ClaimedDelivery, DueRecipient } from '../application/ports/outbox-store.ts'
import type { Rows } from '../application/ports/statement.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { PastDelivery } from '../domain/deliveries/decide-next.ts'

type Row = Rows[number]

export function toDue(row: Row): DueRecipient {
  const points = JSON.parse(String(row.points)) as (Omit<DueRecipient['points'][number], 'gone'> & { gone: number })[]
  return {
    recipientId: String(row.id),
    personId: String(row.person_id),
    alertId: String(row.alert_id),
    nextStep: Number(row.next_step),
    startedAt: row.started_at === null ? null : Number(row.started_at),
    sentAway: row.sent_away === 1,
    points: points.map(({ gone, ...point }) => ({ ...point, gone: gone === 1 })),
    deliveries: JSON.parse(String(row.deliveries)) as PastDelivery[],
  }
}

export function toClaimed(row: Row, vault: Vault): ClaimedDelivery {
  return {
    lease: String(row.lease),
    deliveryId: String(row.id),
    attemptNumber: Number(row.attempts),
    alertId: String(row.alert_id),
    recipientId: String(row.recipient_id),
    personId: String(row.person_id),
    contactPointId: String(row.contact_point_id),
    channel: row.channel as ClaimedDelivery['channel'],
    purpose: row.purpose as ClaimedDelivery['purpose'],
    language: String(row.language),
    word: row.word_number === null ? null : { series: Number(row.word_series), number: Number(row.word_number) },
    // Whoever got the alert at an old number is told its end there.
    address: row.status === 'gone' && row.purpose === 'alert' ? null : openAddress(vault, String(row.address_sealed)),
    extension: row.extension === null ? null : String(row.extension),
    wanted: row.wanted === 1,
    optedOut: JSON.parse(String(row.opted_out)) as string[],
    uncertain: row.uncertain === null ? null : (JSON.parse(String(row.uncertain)) as ClaimedDelivery['uncertain']),
    createdAt: Number(row.created_at),
    update: Number(row.text),
    tooEarly: row.too_early === 1,
  }
}

/** One address that cannot be opened must not stop the others of its claim. */
function openAddress(vault: Vault, sealed: string): ClaimedDelivery['address'] {
  try {
    return { value: vault.open(sealed) }
  } catch {
    return 'unreadable'
  }
}
