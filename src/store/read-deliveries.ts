import { asc, sql } from 'drizzle-orm'
import type { Attempt, Delivery } from '../application/ports/alert-store.ts'
import { type Database, listOf } from './database.ts'
import { attempts, deliveries } from './schema/deliveries.ts'

/** The deliveries of these recipients with their attempts, in the order in which they were planned. */
export async function readDeliveries(
  { db }: Database,
  recipientIds: readonly string[],
): Promise<Map<string, Delivery[]>> {
  const rows = await db
    .select()
    .from(deliveries)
    .where(sql`${deliveries.recipientId} in ${listOf(recipientIds)}`)
    .orderBy(asc(deliveries.createdAt), asc(deliveries.step), asc(deliveries.id))
  const tries = await db
    .select()
    .from(attempts)
    .where(sql`${attempts.deliveryId} in ${listOf(rows.map((row) => row.id))}`)
    .orderBy(asc(attempts.deliveryId), asc(attempts.number))
  const byDelivery = Map.groupBy(tries, (attempt) => attempt.deliveryId)
  const byRecipient = new Map<string, Delivery[]>()
  for (const row of rows) {
    const list = byRecipient.get(row.recipientId) ?? []
    const { id, channel, step, purpose, text: update, state } = row
    list.push({ id, channel, step, purpose, update, state, attempts: (byDelivery.get(id) ?? []).map(toAttempt) })
    byRecipient.set(row.recipientId, list)
  }
  return byRecipient
}

function toAttempt(row: typeof attempts.$inferSelect): Attempt {
  const { carrier, state, errorCode, errorReason, providerId } = row
  return { id: `${row.deliveryId}.${row.number}`, carrier, state, errorCode, errorReason, providerId }
}
