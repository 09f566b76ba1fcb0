import { cleanLine } from './clean-text.ts'
import { cutAtWord, firstUnits } from './cut-text.ts'
import type { MessageParts } from './message.ts'
import { leadsOn, offersAnswers } from './purpose.ts'
import { bodyOf } from './purpose-texts.ts'
import { writeHeading } from './write-heading.ts'

/**
 * How many bytes of payload every push service carries to every device: the smallest known limit is some 3,070 bytes
 * of encrypted body (Firefox for Android), and encryption adds 103 (RFC 8188, 2.1; RFC 8291, 4).
 */
export const PUSH_LIMIT = 2_800

/** What the service worker gets. */
export interface PushPayload {
  /** The attempt, so that the proof of showing it finds its delivery. */
  id: string
  kind: 'alert' | 'ended'
  title: string
  body: string
  lang: string
  url: string
  /** Notifications with the same tag replace each other. */
  tag: string
  /** The first two answers; empty at the end of an alert. */
  actions: { action: string; title: string }[]
  /** Takes the answer by POST. */
  answerUrl: string
  /** Takes the proof that the notification was shown, by POST. */
  shownUrl: string
  /** When the alert was raised, UTC milliseconds. */
  raisedAt: number
}

const encoder = new TextEncoder()

/** How many bytes a payload takes as JSON in UTF-8. */
export function pushBytes(payload: PushPayload): number {
  return encoder.encode(JSON.stringify(payload)).length
}

function longestThatFits(text: string, fits: (candidate: string) => boolean): string {
  if (fits(text)) return text
  const cut = (units: number) => `${firstUnits(text, units).trimEnd()}…`
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(cut(middle))) low = middle
    else high = middle - 1
  }
  return low === 0 ? '' : cut(low)
}

/**
 * The push payload of an alert, an update or the end. It never takes more than `limit` bytes as long as the link leaves room:
 * the body is cut by bytes at a whole character, then the title; ids and addresses stay whole.
 */
export function writePush(message: MessageParts, limit: number = PUSH_LIMIT): PushPayload {
  const answerable = offersAnswers(message.purpose)
  const offered = answerable ? message.responses.slice(0, 2) : []
  const frame = {
    id: message.attemptId,
    kind: answerable || leadsOn(message.purpose) ? ('alert' as const) : ('ended' as const),
    lang: message.language,
    url: message.link,
    tag: `alert-${message.code}`,
    actions: offered.map(({ code, label }) => ({ action: code, title: cutAtWord(cleanLine(label), 40, '…') })),
    answerUrl: `${message.link}?attempt=${encodeURIComponent(message.attemptId)}`,
    shownUrl: `${message.link}/shown?attempt=${encodeURIComponent(message.attemptId)}`,
    raisedAt: message.raisedAt,
  }
  const fits = (title: string, body: string) => pushBytes({ ...frame, title, body }) <= limit
  const title = longestThatFits(writeHeading(message, 160, '…'), (candidate) => fits(candidate, ''))
  const body = longestThatFits(bodyOf(message), (candidate) => fits(title, candidate))
  return { ...frame, title, body }
}
