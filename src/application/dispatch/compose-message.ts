import type { Alert } from '../../domain/alerts/alert.ts'
import { newestTexts, offeredResponses, textsOfUpdate } from '../../domain/alerts/localise.ts'
import { SECOND } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'
import { wordOf } from '../people/authentic-words.ts'
import type { Carrier, OutgoingMessage } from '../ports/carrier.ts'
import type { ClaimedDelivery } from '../ports/outbox-store.ts'

type Texts = Pick<OutgoingMessage, 'language' | 'title' | 'body' | 'responses'>
const written = new WeakMap<Alert, Map<string, Texts>>()

/** The same objects for everybody who gets an alert in one language, so that carriers can see that they are the same. */
function textsOnce(
  alert: Alert,
  { purpose, update, language: asked }: Pick<ClaimedDelivery, 'purpose' | 'update' | 'language'>,
): Texts {
  const known = written.get(alert) ?? new Map<string, Texts>()
  written.set(alert, known)
  const key = purpose === 'update' ? `${update} ${asked}` : asked
  const before = known.get(key)
  if (before) return before
  const texts = purpose === 'update' ? textsOfUpdate(alert, update, asked) : newestTexts(alert, asked)
  const made = { ...texts, responses: offeredResponses(alert.manifest, texts.language) }
  known.set(key, made)
  return made
}

/**
 * The message of a claimed delivery in its recipient's language. The alert itself always goes out with its newest text,
 * however long ago this message of it was planned.
 */
export function composeMessage(
  deps: Pick<Deps, 'settings' | 'vault'>,
  alert: Alert,
  claimed: Omit<ClaimedDelivery, 'address'> & { address: string },
  now: number,
  { answerAt }: Pick<Carrier, 'answerAt'>,
): OutgoingMessage {
  const { language, title, body, responses } = textsOnce(alert, claimed)
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
    responses,
    link: `${deps.settings.publicUrl}/${link}`,
    word: wordOf(deps.vault, claimed),
    raisedAt: alert.raisedAt,
    endsAt: alert.endsAt,
    answerAt,
    remark: claimed.purpose === 'cancelled' ? (alert.endRemark ?? '') : '',
    lifetime: Math.max(60, Math.round((alert.endsAt - now) / SECOND)),
  }
}
