import { type CallRecord, type Handsets, handsetOf, type MessageRecord } from './carrier.ts'
import { type Behaviour, defaultBehaviour } from './number-behaviour.ts'
import type { Phone, PhoneNotification } from './phone.ts'

/** Something that happened on a phone; the page and the crowd listen. */
export type PhoneEvent =
  | { kind: 'changed'; phone: Phone }
  | { kind: 'text'; phone: Phone; message: MessageRecord }
  | { kind: 'ringing'; phone: Phone; call: CallRecord }
  | { kind: 'speech'; phone: Phone; call: CallRecord; text: string }
  | { kind: 'push'; phone: Phone; notification: PhoneNotification }

export interface PhoneBook extends Handsets {
  all(): Phone[]
  /** The phone of that number; a number nobody has used yet gets one. */
  at(number: string): Phone
  find(number: string): Phone | undefined
  keepText(phone: Phone, text: { id: string; peer: string; direction: 'in' | 'out'; text: string }): void
  keepNotification(phone: Phone, notification: PhoneNotification): void
  changed(phone: Phone): void
  listen(listener: (event: PhoneEvent) => void): () => void
}

const KEPT_TEXTS = 200
const KEPT_SUBTITLES = 12

export function createPhoneBook(now: () => number): PhoneBook {
  const phones = new Map<string, Phone>()
  const listeners = new Set<(event: PhoneEvent) => void>()
  const emit = (event: PhoneEvent) => {
    for (const listener of listeners) listener(event)
  }
  const changed = (phone: Phone) => emit({ kind: 'changed', phone })

  function at(number: string): Phone {
    const known = phones.get(number)
    if (known) return known
    const phone: Phone = {
      number,
      label: number,
      behaviour: null,
      texts: [],
      call: null,
      lastCaller: null,
      notifications: [],
      push: null,
      pushAnswer: null,
      lostPushes: 0,
    }
    phones.set(number, phone)
    return phone
  }

  const keepText: PhoneBook['keepText'] = (phone, text) => {
    phone.texts.push({ ...text, at: now() })
    if (phone.texts.length > KEPT_TEXTS) phone.texts.shift()
    changed(phone)
  }

  return {
    at,
    keepText,
    changed,
    all: () => [...phones.values()],
    find: (number) => phones.get(number),
    behaviourOf: (number): Behaviour => phones.get(number)?.behaviour ?? defaultBehaviour(number),
    isEngaged: (number) => Boolean(phones.get(number)?.call),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ring(call) {
      const phone = at(handsetOf(call))
      phone.call = { record: call, subtitles: [], keys: '' }
      phone.lastCaller = call.direction === 'inbound' ? call.to : call.from
      changed(phone)
      if (call.direction === 'outbound-api') emit({ kind: 'ringing', phone, call })
    },
    callAnswered: (call) => changed(at(handsetOf(call))),
    callEnded(call) {
      const phone = phones.get(handsetOf(call))
      if (phone?.call?.record !== call) return
      phone.call = null
      changed(phone)
    },
    subtitle(call, text) {
      const phone = at(handsetOf(call))
      if (phone.call?.record !== call) return
      phone.call.subtitles.push(text)
      if (phone.call.subtitles.length > KEPT_SUBTITLES) phone.call.subtitles.shift()
      changed(phone)
      emit({ kind: 'speech', phone, call, text })
    },
    showMessage(message) {
      const phone = at(message.to)
      keepText(phone, { id: message.sid, peer: message.from, direction: 'in', text: message.body })
      emit({ kind: 'text', phone, message })
    },
    showText(number, from, text) {
      keepText(at(number), { id: `notice-${now()}`, peer: from, direction: 'in', text })
    },
    keepNotification(phone, notification) {
      const { tag } = notification
      const others = phone.notifications.filter((old) => tag === '' || old.tag !== tag)
      phone.notifications = [...others, notification].slice(-50)
      changed(phone)
      emit({ kind: 'push', phone, notification })
    },
  }
}
