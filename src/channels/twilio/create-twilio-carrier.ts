import type { CallbackRequest, Carrier, CarrierEvent } from '../../application/ports/carrier.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { Problem } from '../../domain/errors.ts'
import { createApi } from './api-client.ts'
import { findMessage } from './find-message.ts'
import type { HttpClient } from './http-client.ts'
import { placeCall } from './place-call.ts'
import { readCallback } from './read-callback.ts'
import { renderReply } from './render-markup.ts'
import { createTextEncoder, sendText, type TextSender } from './send-text.ts'
import { verifySignature } from './verify-signature.ts'

export interface TwilioOptions {
  /** In our configuration and in callback addresses. */
  name: string
  channels: readonly Channel[]
  accountSid: string
  authToken: string
  /** The number that texts and calls come from, E.164; for texts also an alphanumeric sender. */
  from?: string | undefined
  /** For texts, instead of `from`. */
  messagingServiceSid?: string | undefined
  /** A region, or a provider with the same API. */
  apiBaseUrl?: string | undefined
  smsPerSecond?: number | undefined
  callsPerSecond?: number | undefined
  /** What the provider sees; signatures are checked against it. */
  publicUrl: string
  httpClient: HttpClient
}

const API_BASE_URL = 'https://api.twilio.com'

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function senderOf({ from, messagingServiceSid }: TwilioOptions): TextSender | null {
  if (messagingServiceSid) return { messagingServiceSid }
  return from ? { from } : null
}

function required<T>(value: T | null | undefined, name: string, field: string): T {
  if (value !== null && value !== undefined) return value
  throw new Problem('invalid', 'carrier.sender_missing', `Carrier "${name}" needs "${field}".`, { field })
}

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1))
}

/**
 * A carrier for texts and calls by Twilio's API, or by a provider that speaks it.
 *
 * Throws a Problem `carrier.sender_missing` when a channel has no number to send from.
 */
export function createTwilioCarrier(options: TwilioOptions): Carrier {
  const { name, channels, authToken } = options
  const base = { publicUrl: withoutSlash(options.publicUrl), name }
  const apiBaseUrl = withoutSlash(options.apiBaseUrl ?? API_BASE_URL)
  const apiOptions = { ...options, apiBaseUrl }
  const api = createApi(apiOptions)
  const sender = senderOf(options)
  const encodeText = sender && createTextEncoder(base, sender)
  if (channels.includes('sms')) required(sender, name, 'from')
  if (channels.includes('voice')) required(options.from, name, 'from')

  return {
    name,
    channels,
    perSecond(channel) {
      return (channel === 'voice' ? options.callsPerSecond : options.smsPerSecond) ?? null
    },
    async send(message) {
      if (message.channel === 'voice') return placeCall(api.calls, base, required(options.from, name, 'from'), message)
      return sendText(api, options.accountSid, required(encodeText, name, 'from')(message))
    },
    find: (message, since) => findMessage(apiOptions, message, since),
    receive(request: CallbackRequest): CarrierEvent | null {
      const form = new URLSearchParams(request.body)
      if (!verifySignature(authToken, request, form)) return null
      return readCallback(request.topic, form, queryOf(request.url), options.from ?? null)
    },
    respond(reply) {
      return renderReply(base, reply)
    },
  }
}
