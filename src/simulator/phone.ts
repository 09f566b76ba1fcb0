import type { CallRecord } from './carrier.ts'
import type { Behaviour } from './number-behaviour.ts'

export interface PhoneText {
  id: string
  /** The number at the other end. */
  peer: string
  direction: 'in' | 'out'
  text: string
  at: number
}

export interface PhoneNotification {
  id: string
  title: string
  body: string
  url: string
  tag: string
  actions: { action: string; title: string }[]
  answerUrl: string | null
  at: number
  /** The action pressed, once it has been. */
  pressed: string | null
  /** What the push service was told about it. */
  ttl: number
  urgency: string
  topic: string
}

export interface PhoneCall {
  record: CallRecord
  subtitles: string[]
  keys: string
}

export interface PushKeys {
  endpointId: string
  publicKey: Uint8Array<ArrayBuffer>
  privateKey: CryptoKey
  auth: Uint8Array<ArrayBuffer>
  /** The key the subscription is bound to, if it is. */
  applicationServerKey: string | null
  /** 404 or 410 once the subscription has ended. */
  ended: number | null
}

export interface Phone {
  number: string
  label: string
  /** Nothing: the number's own default decides. */
  behaviour: Behaviour | null
  texts: PhoneText[]
  call: PhoneCall | null
  lastCaller: string | null
  notifications: PhoneNotification[]
  push: PushKeys | null
  /** An HTTP status with which its push endpoint refuses everything; null for normal. */
  pushAnswer: number | null
  /** Pushes that could not be decrypted or showed nothing. */
  lostPushes: number
}

/** A phone as the page and the tests see it. */
export interface PhoneView {
  number: string
  label: string
  behaviour: Behaviour
  state: 'idle' | 'ringing' | 'calling' | 'talking'
  peer: string | null
  subtitles: string[]
  keys: string
  texts: PhoneText[]
  notifications: PhoneNotification[]
  hasPush: boolean
  canRingBack: boolean
}

const SHOWN_TEXTS = 30
const SHOWN_NOTIFICATIONS = 5

export function viewPhone(phone: Phone, behaviour: Behaviour): PhoneView {
  const { call } = phone
  const inbound = call?.record.direction === 'inbound'
  const talking = call?.record.status === 'in-progress'
  return {
    number: phone.number,
    label: phone.label,
    behaviour,
    state: !call ? 'idle' : talking ? 'talking' : inbound ? 'calling' : 'ringing',
    peer: call ? (inbound ? call.record.to : call.record.from) : null,
    subtitles: call?.subtitles ?? [],
    keys: call?.keys ?? '',
    texts: phone.texts.slice(-SHOWN_TEXTS),
    notifications: phone.notifications.slice(-SHOWN_NOTIFICATIONS),
    hasPush: phone.push !== null && phone.push.ended === null,
    canRingBack: phone.lastCaller !== null || phone.texts.length > 0,
  }
}
