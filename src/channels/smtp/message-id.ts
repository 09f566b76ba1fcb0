import { isSameSecret } from '../../domain/access/same-secret.ts'
import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'

/** Names the mail of an attempt so that only who has seen it can refer to it. */
export interface MarkedIds {
  /** The keyed mark of an attempt, lower-case hexadecimal. */
  markOf: (attemptId: string) => string
  /** The address that mails come from, whose domain stands in their names. */
  from: string
}

const MARKED = /([0-9a-f-]{36}\.[1-9]\d{0,4})\.([0-9a-f]{32})(?![0-9a-f])/gi

/** `attempt.mark`, without domain: also the envelope's id, which bounces bring back (RFC 3461, 4.4). */
export function writeMarkedId({ markOf }: MarkedIds, attemptId: string): string {
  return `${attemptId}.${markOf(attemptId)}`
}

/** The Message-ID with its brackets; in ASCII, for not every server on the way knows other domains. */
export function writeMessageId(ids: MarkedIds, attemptId: string): string {
  const domain = new URL(`http://${ids.from.slice(ids.from.lastIndexOf('@') + 1)}`).hostname
  return `<${writeMarkedId(ids, attemptId)}@${domain}>`
}

/**
 * The first of our attempts that a text names with the right mark; null when it names none. Upper and lower case make no
 * difference, for some servers change it.
 */
export function readMarkedId({ markOf }: MarkedIds, text: string): string | null {
  for (const [, name = '', mark = ''] of text.matchAll(MARKED)) {
    const attemptId = name.toLowerCase()
    if (parseAttemptId(attemptId) && isSameSecret(mark.toLowerCase(), markOf(attemptId))) return attemptId
  }
  return null
}
