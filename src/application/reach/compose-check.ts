import { SECOND } from '../../domain/clock.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { textsIn } from '../../domain/messages/language-texts.ts'
import { CHECK_RESPONSE } from '../../domain/reach/check.ts'
import type { Deps } from '../deps.ts'
import type { OutgoingMessage } from '../ports/carrier.ts'
import type { CheckedPoint } from '../ports/check-store.ts'

/** The question as carriers take it: no emergency is its first word everywhere. */
export function composeCheck(deps: Pick<Deps, 'settings' | 'vault' | 'clock'>, check: CheckedPoint): OutgoingMessage {
  const { settings, vault, clock } = deps
  const texts = textsIn(check.language)
  const now = clock()
  return {
    attemptId: `${check.id}.${check.attempts}`,
    channel: check.kind as Channel,
    purpose: 'check',
    address: check.address,
    extension: check.extension,
    language: check.language,
    organisation: settings.organisation,
    kind: 'live',
    code: check.code,
    title: texts.checkTitle,
    body: texts.checkBody,
    responses: [{ ...CHECK_RESPONSE, label: texts.checkLabel }],
    link: `${settings.publicUrl}/c/${vault.linkToken(check.id)}`,
    word: null,
    raisedAt: now,
    endsAt: check.expiresAt,
    remark: '',
    lifetime: Math.max(60, Math.round((check.expiresAt - now) / SECOND)),
  }
}
