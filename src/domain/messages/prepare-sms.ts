import type { MessageParts } from './message.ts'
import { isAnswerable } from './purpose.ts'
import { writeSms } from './write-sms.ts'

/** A text message around the place of the link, the only thing in it that differs between recipients. */
export interface PreparedSms {
  before: string
  /** Null where the text has no link: then `before` is all of it. */
  after: string | null
}

type Shared = Exclude<keyof MessageParts, 'attemptId' | 'link'>

/** Everything of a message that its text depends on, but for the link. The type keeps the list complete. */
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
  remark: true,
} satisfies Record<Shared, true>) as Shared[]

/** Signs that cost the same in every encoding and that no rule of the text looks at. */
const PLAIN_LINK = /^[\w:/.?=&%-]+$/

/**
 * Writes texts as `writeSms` does, but measures, swaps and cuts once for all recipients whose message differs in the
 * link only and whose link is as long: an alert's texts in one language come as the same objects.
 */
export function createSmsPreparer(): (message: MessageParts) => PreparedSms {
  const known = new WeakMap<MessageParts['responses'], { first: MessageParts; prepared: PreparedSms }>()
  return (message) => {
    const last = known.get(message.responses)
    if (last && isAlike(last.first, message)) return last.prepared
    const text = writeSms(message)
    const prepared = hasLink(message) ? splitAtLink(text, message.link) : { before: text, after: null }
    if (PLAIN_LINK.test(message.link)) known.set(message.responses, { first: message, prepared })
    return prepared
  }
}

function hasLink({ purpose, responses }: MessageParts): boolean {
  return purpose === 'ending' || (isAnswerable(purpose) && responses.length > 0)
}

function isAlike(one: MessageParts, other: MessageParts): boolean {
  return (
    one.link.length === other.link.length &&
    SHARED.every((part) => one[part] === other[part]) &&
    PLAIN_LINK.test(other.link)
  )
}

/** The link has a line of its own, and behind it stands only when the alert was raised. */
function splitAtLink(text: string, link: string): PreparedSms {
  const at = text.lastIndexOf(`\n${link}\n`)
  return at < 0
    ? { before: text, after: null }
    : { before: text.slice(0, at + 1), after: text.slice(at + 1 + link.length) }
}
