import { type Carrier, ownerOf } from './carrier.ts'
import { endCall } from './end-call.ts'
import type { Behaviour } from './number-behaviour.ts'
import { type PhoneView, viewPhone } from './phone.ts'
import type { PhoneBook } from './phone-book.ts'
import { pickUp } from './place-call.ts'
import type { PushService, PushSubscriptionJson } from './push-service.ts'
import { receiveCall } from './receive-call.ts'
import { receiveMessage } from './receive-message.ts'

/** The hands that hold the phones: tests, the page and the crowd act through these. Each act returns whether it could. */
export interface Phones {
  /** Puts a phone in the network. With `push` it gets a push subscription (awaited by `settle`). */
  add(number: string, options?: { label?: string; behaviour?: Behaviour; push?: boolean }): void
  /** Forces what the number does; `pushAnswer` is an HTTP status its push endpoint refuses with, null for normal. */
  set(number: string, change: { behaviour?: Behaviour; label?: string; pushAnswer?: number | null }): void
  list(): PhoneView[]
  /** The phone; an idle one when nobody has used the number yet. */
  get(number: string): PhoneView
  answer(number: string): boolean
  /** Ends the call, or declines it while it rings. */
  hangUp(number: string): boolean
  /** Presses keys, one after the other, during a call. */
  press(number: string, keys: string): boolean
  /** Texts a number of an account; by default the one that texted or rang last. The webhook is awaited by `settle`. */
  text(number: string, body: string, to?: string): boolean
  /** Rings a number of an account; by default the one that rang or texted last. */
  ring(number: string, to?: string): boolean
  /** Presses a notification's button; by default on the newest notification. */
  tap(number: string, action: string, notificationId?: string): boolean
  subscribe(number: string, applicationServerKey?: string): Promise<PushSubscriptionJson>
  /** The browser has unsubscribed: pushes are answered with 410, or 404 as some services do. */
  unsubscribe(number: string, status?: 404 | 410): void
}

export function createPhones(carrier: Carrier, book: PhoneBook, push: PushService): Phones {
  const view = (number: string) => viewPhone(book.at(number), book.behaviourOf(number))
  const peerOf = (number: string) => {
    const phone = book.find(number)
    const ours = [...(phone?.texts ?? [])].reverse().find(({ peer }) => ownerOf(carrier, peer))?.peer
    return { texted: ours, rang: phone?.lastCaller ?? undefined }
  }
  const anyNumber = () => [...carrier.accounts.values()].flatMap((account) => account.numbers)[0]

  return {
    add(number, { label, behaviour, push: withPush } = {}) {
      const phone = book.at(number)
      phone.label = label ?? phone.label
      phone.behaviour = behaviour ?? phone.behaviour
      book.changed(phone)
      if (withPush) carrier.track(push.subscribe(number))
    },
    set(number, change) {
      const phone = book.at(number)
      phone.behaviour = change.behaviour ?? phone.behaviour
      phone.label = change.label ?? phone.label
      if (change.pushAnswer !== undefined) phone.pushAnswer = change.pushAnswer
      book.changed(phone)
    },
    list: () => book.all().map((phone) => view(phone.number)),
    get: view,
    answer(number) {
      const call = book.find(number)?.call?.record
      if (call?.status !== 'ringing' || call.direction === 'inbound') return false
      pickUp(carrier, call, 'human')
      return true
    },
    hangUp(number) {
      const call = book.find(number)?.call?.record
      if (!call) return false
      const declined = call.direction === 'inbound' ? 'canceled' : 'busy'
      endCall(carrier, call, call.status === 'in-progress' ? 'completed' : declined)
      return true
    },
    press(number, keys) {
      const phone = book.find(number)
      if (phone?.call?.record.status !== 'in-progress') return false
      phone.call.keys += keys
      book.changed(phone)
      phone.call.record.session?.press(keys)
      return true
    },
    text(number, body, to) {
      const peer = to ?? peerOf(number).texted ?? peerOf(number).rang ?? anyNumber()
      if (!peer || body === '') return false
      const phone = book.at(number)
      book.keepText(phone, { id: carrier.newSid('OUT'), peer, direction: 'out', text: body })
      const account = ownerOf(carrier, peer)
      if (account) carrier.track(receiveMessage(carrier, account, { from: number, to: peer, body }))
      return account !== undefined
    },
    ring(number, to) {
      const peer = to ?? peerOf(number).rang ?? peerOf(number).texted ?? anyNumber()
      const account = peer ? ownerOf(carrier, peer) : undefined
      if (!peer || !account || book.isEngaged(number)) return false
      receiveCall(carrier, account, number, peer)
      return true
    },
    tap(number, action, notificationId) {
      const phone = book.find(number)
      const id = notificationId ?? phone?.notifications.at(-1)?.id
      if (!phone || !id) return false
      return push.tap(phone, id, action)
    },
    subscribe: push.subscribe,
    unsubscribe(number, status = 410) {
      const phone = book.find(number)
      if (phone?.push) phone.push.ended = status
      if (phone) book.changed(phone)
    },
  }
}
