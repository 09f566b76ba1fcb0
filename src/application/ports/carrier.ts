import type { AlertKind } from '../../domain/alerts/alert.ts'
import type { CarrierLimits } from '../../domain/carriers/limits.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import type { Problem } from '../../domain/errors.ts'
import type { AuthenticWord } from '../../domain/messages/message.ts'
import type { Purpose } from '../../domain/messages/purpose.ts'

/** One answer as it is offered in the recipient's language. */
export interface OfferedResponse {
  digit: string
  code: string
  label: string
}

/** One message to one contact point, complete: an adapter needs to look up nothing. */
export interface OutgoingMessage {
  attemptId: string
  channel: Channel
  purpose: Purpose
  /** E.164, a mail address, the URL of a gateway, or for push the subscription as JSON (RFC 8030 endpoint and keys). */
  address: string
  extension: string | null
  /** Lower-case language of the texts below. */
  language: string
  organisation: string
  kind: AlertKind
  /** The digits that a text reply carries. */
  code: string
  title: string
  body: string
  responses: OfferedResponse[]
  /** Unguessable page on which this recipient can answer. */
  link: string
  /** By which the recipient tells a genuine message; null for whoever was first contacted before there were words. */
  word: AuthenticWord | null
  /** When the alert was raised, UTC milliseconds. */
  raisedAt: number
  /** When it ends by its lifetime, UTC milliseconds. */
  endsAt: number
  /** Where a text of the carrier's sender is answered instead: see {@link Carrier.answerAt}. */
  answerAt?: string | null | undefined
  /** What somebody wants said beside the end; empty where nothing is. */
  remark: string
  /** How long the message is still of use, in seconds. */
  lifetime: number
}

/**
 * What a carrier made of a message. A carrier throws only for bugs.
 *
 * - `accepted`: taken; says nothing about the handset.
 * - `retryLater`: not taken, may be later; `afterMs` where the carrier named a wait; `uncertain` where no answer came,
 *   so that the carrier may have it all the same.
 * - `refused`: never taken as it is. `optedOut` when the addressee told the carrier to stop;
 *   `blame` says whose fault it is, so that the right person can mend it.
 * - `addressGone`: this address will never work again.
 */
export type SendResult =
  | { outcome: 'accepted'; providerId: string }
  | { outcome: 'retryLater'; code: string; reason: string; afterMs?: number; uncertain?: boolean }
  | { outcome: 'refused'; code: string; reason: string; blame: 'address' | 'sender' | 'message'; optedOut?: boolean }
  | { outcome: 'addressGone'; code: string; reason: string }

/** What arrived at a callback address, untouched. `url` is the configured public origin with the raw path and query. */
export interface CallbackRequest {
  method: 'GET' | 'POST'
  url: string
  /** The last part of the path: `sms`, `status`, `voice` or `email`. */
  topic: string
  /** The secret part of the path; null at the address of carriers that sign. */
  token: string | null
  /** IP address that the request came from; null where that cannot be told for certain. */
  source: string | null
  headers: Headers
  body: string
}

/** What a carrier reports, in our words. */
export type CarrierEvent =
  | { kind: 'text'; messageId: string; from: string; to: string; text: string; optOut: 'stop' | 'start' | null }
  | {
      kind: 'status'
      attemptId: string | null
      providerId: string
      /** `delivered`: the handset has it. `failed`: it never will. `ended`: a call is over, which alone proves nothing. */
      state: 'sent' | 'delivered' | 'answered' | 'voicemail' | 'ended' | 'failed'
      /** For `failed`: the code, the reason, and whether another try at the same address can help. */
      error?: { code: string; reason: string; permanent: boolean; optedOut?: boolean }
    }
  | {
      kind: 'call'
      callId: string
      direction: 'outbound' | 'inbound'
      /** The person's number: the callee of an outbound call, the caller of an inbound one. */
      number: string
      attemptId: string | null
      /** Which question was put, as given in the script before; null at the start of the call. */
      turn: string | null
      digits: string | null
      machine: boolean
    }
  | {
      kind: 'mail'
      /** Also an answer that a gateway's operator has taken down is one in writing to a message of ours. */
      channel: 'email' | 'webhook'
      /** Names the mail: the same one delivered twice is one. */
      messageId: string
      /** The attempt whose mail this proves to answer; null where it proves none. */
      attemptId: string | null
      /** The sender as the mail claims, which proves nothing. */
      from: string
      /** What its writer added, without quotes and signature. */
      text: string
      /** Subject and whole text, for a person to read. */
      whole: string
      /** Written by a machine: an absence notice, a receipt, a bounce of something else. */
      automatic: boolean
    }

/** What to do on the phone next. Texts are plain; the adapter makes them safe for its markup. */
export interface VoiceScript {
  say: { text: string; language: string }[]
  /** Ask for one key while speaking; `turn` comes back with the key. Without it the call ends after speaking. */
  gather: { turn: string; attemptId: string | null; repeat: number } | null
}

/** What the application answers to a callback. */
export type CallbackReply = { text: string | null } | { script: VoiceScript } | null

/** The HTTP answer to a callback. */
export interface CallbackResponse {
  body: string
  contentType: string
  headers?: Record<string, string>
}

/** An outside service that carries messages. */
export interface Carrier {
  name: string
  channels: readonly Channel[]
  /** What recipients may see as the sender: numbers (E.164), mail addresses, alphanumeric names. */
  senders?: readonly string[]
  /** How many messages it takes per second; null where it sets no limit. */
  perSecond(channel: Channel): number | null
  /** How many messages of a channel may be on their way to it at once; none: as many as the service finds fit. */
  concurrency?: number | undefined
  /** Where it may send and what that costs; none: everywhere, at no known price. */
  limits?: CarrierLimits | undefined
  /** The number to call or text instead, where its texts cannot be answered; null where there is none; none: they can. */
  answerAt?: string | null | undefined
  /** Asked when an address is saved: a Problem where nothing can ever be sent there; null where it can. */
  check?(address: string): Problem | null
  send(message: OutgoingMessage): Promise<SendResult>
  /**
   * Whether it has this message, handed over at or after a time (UTC milliseconds) without an answer. Null: it has not,
   * or cannot say.
   */
  find?(message: OutgoingMessage, since: number): Promise<{ providerId: string } | null>
  /**
   * Reads a callback after proving where it comes from. Null: not from this carrier, so nothing may happen.
   * Throws a Problem `callback.malformed` for a genuine request that makes no sense.
   */
  receive?(request: CallbackRequest): CarrierEvent | null | Promise<CarrierEvent | null>
  /** The answer to the callback that `event` was read from. */
  respond?(reply: CallbackReply, event: CarrierEvent): CallbackResponse
}
