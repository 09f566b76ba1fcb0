import type { Alert } from '../../domain/alerts/alert.ts'
import { newestTexts, offeredResponses, textsOfUpdate } from '../../domain/alerts/localise.ts'
import { SECOND } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'
import type { OutgoingMessage } from '../ports/carrier.ts'
import type { ClaimedDelivery } from '../ports/outbox-store.ts'

/**
 * The message of a claimed delivery in its recipient's language. The alert itself always goes out with its newest text,
 * however long ago this message of it was planned.
 */
export function composeMessage(
  deps: Pick<Deps, 'settings' | 'vault'>,
  alert: Alert,
  claimed: Omit<ClaimedDelivery, 'address'> & { address: string },
  now: number,
): OutgoingMessage {
  const { language, title, body } =
    claimed.purpose === 'update'
      ? textsOfUpdate(alert, claimed.update, claimed.language)
      : newestTexts(alert, claimed.language)
  const link = claimed.purpose === 'ending' ? `alerts/${alert.id}` : `a/${deps.vault.linkToken(claimed.recipientId)}`
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
    link: `${deps.settings.publicUrl}/${link}`,
    raisedAt: alert.raisedAt,
    endsAt: alert.endsAt,
    remark: claimed.purpose === 'cancelled' ? (alert.endRemark ?? '') : '',
    lifetime: Math.max(60, Math.round((alert.endsAt - now) / SECOND)),
  }
}
