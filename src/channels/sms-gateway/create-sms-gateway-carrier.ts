import type { CallbackRequest, Carrier, CarrierEvent } from '../../application/ports/carrier.ts'
import { isSameSecret } from '../../domain/access/same-secret.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { readCallback } from './read-callback.ts'
import { type Fetch, type GatewayAccount, sendText } from './send-text.ts'
import { writeReply } from './write-reply.ts'

export interface SmsGatewayOptions extends GatewayAccount {
  /** In our configuration and in callback addresses. */
  name: string
  channels: readonly Channel[]
  smsPerSecond?: number | undefined
  /** What the gateway shows in the address of its callbacks. */
  callbackToken: string
  /** Where the gateway finds us; beside it on the same machine, this needs no network at all. */
  callbackBaseUrl: string
  /** ISO country for senders that the network names without a prefix. */
  region: string
  fetch: Fetch
  /** Whether callbacks may come from an IP address. */
  allowSource: (source: string) => boolean
}

/**
 * A carrier for texts by an SMS gateway of one's own, with a GSM modem or an SMPP line behind it, that is asked the way
 * Kannel's `sendsms` is (https://www.kannel.org/download/1.4.5/userguide-1.4.5/userguide.html, "Using the HTTP interface
 * to send SMS messages").
 */
export function createSmsGatewayCarrier(options: SmsGatewayOptions): Carrier {
  const { name, channels, callbackToken, region, fetch, allowSource } = options
  const reportUrl = `${options.callbackBaseUrl.replace(/\/+$/, '')}/callbacks/${name}/${callbackToken}/status`
  // Both are judged in any case: how long a refusal takes does not say which one was wrong.
  const isProven = ({ token, source }: CallbackRequest): boolean => {
    const rightToken = isSameSecret(token ?? '', callbackToken)
    const rightSource = source !== null && allowSource(source)
    return rightToken && rightSource
  }
  return {
    name,
    channels,
    perSecond: () => options.smsPerSecond ?? null,
    send: (message) => sendText(fetch, options, reportUrl, message),
    receive(request): CarrierEvent | null {
      return isProven(request) ? readCallback(request, region) : null
    },
    respond: writeReply,
  }
}
