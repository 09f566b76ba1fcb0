import type { MessageParts } from './message.ts'
import { leadsOn, offersAnswers } from './purpose.ts'
import { writeSms } from './write-sms.ts'
import { writeWord } from './write-word.ts'

/** A text message around the place of the link, without the recipient's word: what is the same for many. */
export interface PreparedSms {
  before: string
  /** Null where the text has no link: then `before` is all of it. */
  after: string | null
}

/** The text of one recipient: `before`, where there is an `after` the link and it, and `end`. */
export interface PersonalSms {
  shared: PreparedSms
  /** The line with the recipient's word, with the line break before it; empty where there is none. */
  end: string
}

type Shared = Exclude<keyof MessageParts, 'attemptId' | 'link' | 'word'>

/** Everything of a message that its text depends on, but for link and word. The type keeps the list complete. */
const SHARED = Object.keys({
  purpose: true,
  language: true,
  organisation: true,
  kind: true,
  code: true,
  title: true,
  body: true,
  responses: true,
  raisedAt: true,
  endsAt: true,
  answerAt: true,
  remark: true,
} satisfies Record<Shared, true>) as Shared[]

/** Signs that cost the same in every encoding and that no rule of the text looks at. */
const PLAIN_LINK = /^[\w:/.?=&%-]+$/
const PLAIN_WORD = /^[a-z]*$/

/**
 * Writes texts as `writeSms` does, but measures, swaps and cuts once for all recipients whose message differs in
 * link and word only and whose link and word are as long: an alert's texts in one language come as the same objects.
 */
export function createSmsPreparer(): (message: MessageParts) => PersonalSms {
  const known = new WeakMap<MessageParts['responses'], Map<number, { first: MessageParts; shared: PreparedSms }>>()
  return (message) => {
    const word = writeWord(message)
    const end = word === null ? '' : `\n${word}`
    const byLength = known.get(message.responses) ?? new Map<number, { first: MessageParts; shared: PreparedSms }>()
    const last = byLength.get(end.length)
    if (last && isAlike(last.first, message)) return { shared: last.shared, end }
    const text = writeSms(message)
    if (!text.endsWith(end)) return { shared: { before: text, after: null }, end: '' }
    const rest = text.slice(0, text.length - end.length)
    const shared = hasLink(message) ? splitAtLink(rest, message.link) : { before: rest, after: null }
    if (isPlain(message)) known.set(message.responses, byLength.set(end.length, { first: message, shared }))
    return { shared, end }
  }
}

function isPlain({ link, word }: MessageParts): boolean {
  return PLAIN_LINK.test(link) && PLAIN_WORD.test(word?.word ?? '')
}

function hasLink({ purpose, responses }: MessageParts): boolean {
  return leadsOn(purpose) || (offersAnswers(purpose) && responses.length > 0)
}

function isAlike(one: MessageParts, other: MessageParts): boolean {
  return one.link.length === other.link.length && SHARED.every((part) => one[part] === other[part]) && isPlain(other)
}

/** The link has a line of its own, and behind it stands only when the alert was raised. */
function splitAtLink(text: string, link: string): PreparedSms {
  const at = text.lastIndexOf(`\n${link}\n`)
  return at < 0
    ? { before: text, after: null }
    : { before: text.slice(0, at + 1), after: text.slice(at + 1 + link.length) }
}
