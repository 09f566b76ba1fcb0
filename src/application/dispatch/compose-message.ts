import type { Alert } from '../../domain/alerts/alert.ts'
import { offeredResponses, textsFor } from '../../domain/alerts/localise.ts'
import { SECOND } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'
import type { OutgoingMessage } from '../ports/carrier.ts'
import type { ClaimedDelivery } from '../ports/outbox-store.ts'

/** The message of a claimed delivery in its recipient's language. */
export function composeMessage(
  deps: Pick<Deps, 'settings' | 'vault'>,
  alert: Alert,
  claimed: Omit<ClaimedDelivery, 'address'> & { address: string },
  now: number,
): OutgoingMessage {
  const { language, title, body } = textsFor(alert.manifest, claimed.language)
  return {
    attemptId: `${claimed.deliveryId}.${claimed.attemptNumber}`,
    channel: claimed.channel,
    purpose: claimed.purpose,
    address: claimed.address,
    extension: claimed.extension,
    language,
    organisation: alert.manifest.organisation,
    kind: alert.kind,
    code: alert.code,
    title,
    body,
    responses: offeredResponses(alert.manifest, language),
    link: `${deps.settings.publicUrl}/a/${deps.vault.linkToken(claimed.recipientId)}`,
    raisedAt: alert.raisedAt,
    lifetime: Math.max(60, Math.round((alert.endsAt - now) / SECOND)),
  }
}
