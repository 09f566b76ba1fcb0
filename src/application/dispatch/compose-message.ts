import type { Alert, Manifest } from '../../domain/alerts/alert.ts'
import { offeredResponses, textsFor } from '../../domain/alerts/localise.ts'
import { SECOND } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'
import type { OutgoingMessage } from '../ports/carrier.ts'
import type { ClaimedDelivery } from '../ports/outbox-store.ts'

type Texts = Pick<OutgoingMessage, 'language' | 'title' | 'body' | 'responses'>
const written = new WeakMap<Manifest, Map<string, Texts>>()

/** The same objects for everybody who gets an alert in one language, so that carriers can see that they are the same. */
function textsOnce(manifest: Manifest, recipientLanguage: string): Texts {
  const known = written.get(manifest) ?? new Map<string, Texts>()
  written.set(manifest, known)
  const before = known.get(recipientLanguage)
  if (before) return before
  const texts = textsFor(manifest, recipientLanguage)
  const made = { ...texts, responses: offeredResponses(manifest, texts.language) }
  known.set(recipientLanguage, made)
  return made
}

/** The message of a claimed delivery in its recipient's language. */
export function composeMessage(
  deps: Pick<Deps, 'settings' | 'vault'>,
  alert: Alert,
  claimed: Omit<ClaimedDelivery, 'address'> & { address: string },
  now: number,
): OutgoingMessage {
  const { language, title, body, responses } = textsOnce(alert.manifest, claimed.language)
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
    responses,
    link: `${deps.settings.publicUrl}/a/${deps.vault.linkToken(claimed.recipientId)}`,
    raisedAt: alert.raisedAt,
    lifetime: Math.max(60, Math.round((alert.endsAt - now) / SECOND)),
  }
}
