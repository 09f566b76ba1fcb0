import type { CallRecord, Carrier, MessageRecord } from './carrier.ts'
import { type Habit, habitOf, habitRandom, reactionMs } from './crowd-habit.ts'
import type { Phone, PhoneNotification } from './phone.ts'
import type { PhoneBook } from './phone-book.ts'
import type { Phones } from './phones.ts'
import { pickUp } from './place-call.ts'
import { type OfferedOption, readOptions } from './read-options.ts'

export interface CrowdOptions {
  /** Divides every delay: 10 makes a minute six seconds. Default 1. */
  speed?: number
}

export interface Crowd {
  start(seed: number, options?: CrowdOptions): void
  stop(): void
  /** The seed while it answers, else null. */
  seed(): number | null
}

const UNCLEAR = ['Stuck in lift on floor 3', 'who is this?', 'cant talk now, smoke in the stairwell']
/** A text that comes this soon after one's own answer is its confirmation. */
const CONFIRMATION_MS = 30_000
const PICKS_UP_MS = 5_000
const DECLINES_MS = 2_000
const VOICEMAIL_MS = 12_000
const FINDS_KEY_MS = 6_000

/** People who answer by themselves: who does what, and when, follows from the seed and the number alone. */
export function createCrowd(carrier: Carrier, book: PhoneBook, phones: Phones): Crowd {
  let seed: number | null = null
  let speed = 1
  let generation = 0
  const acts = new Map<string, number>()
  const answeredAt = new Map<string, number>()
  const asked = new Map<string, OfferedOption[]>()
  let puzzler: string | null = null

  function after(ms: number, act: () => void): void {
    const mine = generation
    carrier.later(ms / speed, () => {
      if (mine === generation) act()
    })
  }

  /** A fresh generator for this phone's next act. */
  function chance(number: string): () => number {
    const count = (acts.get(number) ?? 0) + 1
    acts.set(number, count)
    return habitRandom(seed ?? 0, number, `act ${count}`)
  }

  function habit(phone: Phone): Habit {
    if (phone.number === puzzler) return 'unclear'
    const own = habitOf(seed ?? 0, phone.number)
    return own === 'push-button' && (!phone.push || phone.push.ended !== null) ? 'sms-digit' : own
  }

  /** Most take the first option; a few need something else. */
  function choose(options: OfferedOption[], random: () => number): OfferedOption {
    const rare = random() < 0.12 ? options[1 + Math.floor(random() * (options.length - 1))] : undefined
    return rare ?? options[0] ?? { digit: '1', label: 'OK' }
  }

  function answered(phone: Phone): void {
    answeredAt.set(phone.number, carrier.now())
  }

  function onText(phone: Phone, message: MessageRecord): void {
    const options = readOptions(message.body)
    const justAnswered = carrier.now() - (answeredAt.get(phone.number) ?? Number.NEGATIVE_INFINITY) < CONFIRMATION_MS
    if (message.direction !== 'outbound-api' || options.length === 0 || justAnswered) return
    asked.set(phone.number, options)
    const random = chance(phone.number)
    const delay = reactionMs(random)
    const option = choose(options, random)
    const reply = (body: string) =>
      after(delay, () => {
        answered(phone)
        phones.text(phone.number, body, message.from)
      })
    const own = habit(phone)
    if (own === 'sms-digit') reply(option.digit)
    if (own === 'sms-word') reply(option.label || 'OK')
    if (own === 'unclear') reply(UNCLEAR[Math.floor(random() * UNCLEAR.length)] ?? 'Where are you?')
    if (own === 'rings-back')
      after(delay, () => {
        if (phones.ring(phone.number, message.from)) pressWhenHeard(phone)
      })
  }

  function onPush(phone: Phone, notification: PhoneNotification): void {
    if (habit(phone) !== 'push-button' || notification.actions.length === 0) return
    const random = chance(phone.number)
    const rare = random() < 0.1 ? notification.actions[1] : undefined
    const button = rare ?? notification.actions[0]
    after(reactionMs(random), () => {
      answered(phone)
      if (button) phones.tap(phone.number, button.action, notification.id)
    })
  }

  function onRinging(phone: Phone, call: CallRecord): void {
    const own = habit(phone)
    const random = chance(phone.number)
    const still = () => phone.call?.record === call && call.status === 'ringing'
    const declines = () => still() && phones.hangUp(phone.number)
    const picksUp = () => {
      if (still() && phones.answer(phone.number)) pressWhenHeard(phone)
    }
    if (own === 'busy') after(DECLINES_MS, declines)
    else if (own === 'voicemail') after(VOICEMAIL_MS, () => pickUp(carrier, call, 'machine'))
    else if (own !== 'never') after(PICKS_UP_MS * (0.5 + random()), picksUp)
  }

  function onSpeech(phone: Phone, text: string): void {
    const options = readOptions(text)
    if (options.length > 0) asked.set(phone.number, options)
  }

  function pressWhenHeard(phone: Phone): void {
    const random = chance(phone.number)
    const call = phone.call?.record
    const press = (attempts: number) =>
      after(FINDS_KEY_MS * (0.7 + random()), () => {
        if (phone.call?.record !== call) return
        answered(phone)
        phones.press(phone.number, choose(asked.get(phone.number) ?? [], random).digit)
        if (attempts > 1) press(attempts - 1)
      })
    press(3)
  }

  book.listen((event) => {
    if (seed === null) return
    if (event.kind === 'text') onText(event.phone, event.message)
    if (event.kind === 'push') onPush(event.phone, event.notification)
    if (event.kind === 'ringing') onRinging(event.phone, event.call)
    if (event.kind === 'speech') onSpeech(event.phone, event.text)
  })

  return {
    start(newSeed, options = {}) {
      seed = newSeed
      speed = options.speed ?? 1
      generation += 1
      acts.clear()
      answeredAt.clear()
      asked.clear()
      puzzler = findPuzzler(newSeed)
      catchUp()
    },
    stop() {
      seed = null
      generation += 1
    },
    seed: () => seed,
  }

  /** Even a small crowd has one answer that only a human can understand. */
  function findPuzzler(newSeed: number): string | null {
    const owners = book.all().filter(({ number }) => habitOf(newSeed, number) === 'sms-digit')
    const lot = (phone: Phone) => habitRandom(newSeed, phone.number, 'puzzler')()
    return owners.sort((a, b) => lot(a) - lot(b))[0]?.number ?? null
  }

  /** People who already hold a message when the crowd wakes answer it too. */
  function catchUp(): void {
    for (const phone of book.all()) {
      const text = phone.texts.at(-1)
      const message = text?.direction === 'in' ? carrier.messages.get(text.id) : undefined
      if (message) onText(phone, message)
      const notification = phone.notifications.at(-1)
      if (notification?.pressed === null) onPush(phone, notification)
      if (phone.call?.record.status === 'ringing') onRinging(phone, phone.call.record)
    }
  }
}
