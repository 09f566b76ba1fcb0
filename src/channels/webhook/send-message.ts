import type { OutgoingMessage, SendResult } from '../../application/ports/carrier.ts'
import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'
import { writeReadable } from '../../domain/messages/write-readable.ts'
import { type Post, type PostAnswer, Unanswered } from './post.ts'
import { FORBIDDEN, readAnswer, readSilence } from './read-answer.ts'
import { sign } from './signature.ts'

export interface Sending {
  /** Base64, also with its prefix `whsec_`. */
  secret: string
  clock: () => number
  /** Whether a message may be sent there: addresses are typed by people and must not lead into our own network. */
  allowUrl: (url: URL) => boolean
  post: Post
}

/** What a gateway gets: parts for a machine, and the whole as a text that its operator can read out. */
function contentOf(message: OutgoingMessage, now: number): string {
  const { attemptId, purpose, kind, language, organisation, code, title, body, responses, link, word } = message
  return JSON.stringify({
    type: 'message.send',
    timestamp: new Date(now).toISOString(),
    data: {
      id: attemptId,
      // The same for every try of one message, so that a gateway can tell a second one.
      delivery: parseAttemptId(attemptId)?.deliveryId ?? attemptId,
      purpose,
      kind,
      language,
      organisation,
      text: writeReadable(message),
      code,
      title,
      body,
      responses,
      link,
      word,
      raisedAt: new Date(message.raisedAt).toISOString(),
      lifetime: message.lifetime,
    },
  })
}

/** Hands over one message by one signed POST. */
export async function sendMessage(sending: Sending, message: OutgoingMessage): Promise<SendResult> {
  const url = URL.parse(message.address)
  if (!url) {
    return { outcome: 'addressGone', code: 'webhook.malformed', reason: 'the address cannot be read' }
  }
  if (!sending.allowUrl(url)) return FORBIDDEN
  const now = sending.clock()
  const body = contentOf(message, now)
  const headers = { 'content-type': 'application/json', ...sign(sending.secret, message.attemptId, body, now) }
  let answer: PostAnswer
  try {
    answer = await sending.post(url, headers, body)
  } catch (error) {
    if (error instanceof Unanswered) return readSilence(error)
    throw error
  }
  return readAnswer(answer, message.attemptId)
}
