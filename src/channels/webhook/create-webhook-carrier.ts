import type { Carrier, CarrierEvent } from '../../application/ports/carrier.ts'
import { Problem } from '../../domain/errors.ts'
import { readCallback } from './read-callback.ts'
import { type Sending, sendMessage } from './send-message.ts'
import { provenId } from './signature.ts'

export interface WebhookOptions extends Sending {
  /** In our configuration and in callback addresses. */
  name: string
  messagesPerSecond?: number | undefined
}

/**
 * A carrier for gateways to satellite terminals and radios: each message is one POST to the contact point's own address,
 * and what becomes of it comes back signed with the same secret (https://www.standardwebhooks.com).
 */
export function createWebhookCarrier(options: WebhookOptions): Carrier {
  return {
    name: options.name,
    channels: ['webhook'],
    perSecond: () => options.messagesPerSecond ?? null,
    check: (address) => checkTarget(options, address),
    send: (message) => sendMessage(options, message),
    receive({ headers, body }): CarrierEvent | null {
      const id = provenId(options.secret, headers, body, options.clock())
      return id === null ? null : readCallback({ body }, id)
    },
  }
}

function checkTarget({ name, allowUrl }: WebhookOptions, address: string): Problem | null {
  const url = URL.parse(address)
  if (url && allowUrl(url)) return null
  const message = `Carrier "${name}" may send nothing there: give a public https address, or name it in "allowedTargets".`
  return new Problem('invalid', 'webhook.target_not_allowed', message, { field: 'address' })
}
