import type { AlertView, RecipientView } from '../../contract/alerts.ts'
import { type Alert, messageTypeOf } from '../../domain/alerts/alert.ts'
import { newestTexts, offeredResponses, textsOfUpdate } from '../../domain/alerts/localise.ts'
import { explainContact } from '../../domain/strategies/explain-contact.ts'
import { showSpread } from '../../domain/strategies/read-strategy.ts'
import type { Delivery, Recipient, Tally } from '../ports/alert-store.ts'

/** An alert with its counts, in the organisation's language. Whoever is on no other rung is `planned`. */
export function viewAlert(alert: Alert, tally: Tally): AlertView {
  const { manifest } = alert
  const { title, body } = newestTexts(alert, manifest.fallbackLanguage)
  const { added } = tally
  const none = Object.fromEntries(manifest.template.responses.map((option) => [option.code, 0]))
  return {
    id: alert.id,
    kind: alert.kind,
    state: alert.state,
    messageType: messageTypeOf(alert),
    code: alert.code,
    title,
    body,
    updates: alert.updates.map((update) => {
      const text = textsOfUpdate(alert, update.number, manifest.fallbackLanguage)
      const { number, at, by, audience } = update
      return { number, at: toIso(at), by, audience, title: text.title, body: text.body }
    }),
    severity: manifest.template.severity,
    template: { id: manifest.template.id, name: manifest.template.name },
    trees: manifest.trees,
    plan: manifest.template.plan,
    responseOptions: offeredResponses(manifest, manifest.fallbackLanguage),
    ...showSpread(manifest.template),
    audience: alert.audience,
    waiting: alert.state === 'open' ? tally.waiting : 0,
    raisedAt: toIso(alert.raisedAt),
    raisedBy: alert.raisedBy,
    endsAt: toIso(alert.endsAt),
    endsSoon: alert.state === 'open' && alert.warnAt === null,
    lifetime: manifest.template.lifetime,
    closedAt: alert.closedAt === null ? null : toIso(alert.closedAt),
    endRemark: alert.endRemark,
    counts: countRungs(alert.audience, tally.rungs),
    unreachable: tally.unreachable,
    responses: { ...none, ...tally.responses },
    added: {
      people: added.people,
      counts: countRungs(added.people, added.rungs),
      unreachable: added.unreachable,
      responses: { ...none, ...added.responses },
    },
    unclear: tally.unclear,
  }
}

function countRungs(people: number, rungs: Tally['rungs']): AlertView['counts'] {
  const { accepted = 0, delivered = 0, heard = 0, acknowledged = 0 } = rungs
  return { planned: people - accepted - delivered - heard - acknowledged, accepted, delivered, heard, acknowledged }
}

export function viewRecipient(
  recipient: Recipient,
  deliveries: readonly Delivery[],
  nameOf: (person: string) => string,
): RecipientView {
  const { unreachable, response, acknowledgedChannel, acknowledgedAt, acknowledgedBy, nextAt } = recipient
  return {
    id: recipient.id,
    person: recipient.personId,
    name: recipient.name,
    rung: recipient.rung,
    changedAt: toIso(recipient.changedAt),
    ...(recipient.addedAt === null ? {} : { addedAt: toIso(recipient.addedAt) }),
    ...(unreachable === null ? {} : { unreachable }),
    ...(response === null ? {} : { response }),
    ...(acknowledgedChannel === null ? {} : { channel: acknowledgedChannel }),
    ...(acknowledgedAt === null ? {} : { acknowledgedAt: toIso(acknowledgedAt) }),
    ...(acknowledgedBy === null ? {} : { onBehalfBy: acknowledgedBy }),
    ...(recipient.because === null
      ? {}
      : {
          reason: explainContact(recipient.personId, recipient.because, (id) =>
            id === recipient.personId ? recipient.name : nameOf(id),
          ),
        }),
    ...(nextAt === null ? {} : { nextAt: toIso(nextAt) }),
    deliveries: deliveries.map(({ attempts, ...delivery }) => ({
      ...delivery,
      attempts: attempts.map(({ id, carrier, state, errorReason, providerId }) => ({
        id,
        carrier,
        state,
        ...(errorReason === null ? {} : { error: errorReason }),
        ...(providerId === null ? {} : { providerId }),
      })),
    })),
  }
}

/** UTC milliseconds as the API writes them. */
export function toIso(time: number): string {
  return new Date(time).toISOString()
}
