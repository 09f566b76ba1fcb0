/** A failure that a delivery report names. `permanent`: another try at the same number cannot help. */
interface Failure {
  code: string
  reason: string
  permanent: boolean
}

// SMPP 3.4, 5.1.3: invalid destination address; and appendix B, final states of a message.
const INVALID_ADDRESS = /\b0x0*b\b/i
const STATE_REJECTED = /\bstat:REJECTD\b/i

const LONGEST = 120

/**
 * What the network says, fit for a log: a receipt of SMPP ends with the first words of the text itself (appendix B),
 * which are nobody's business there.
 */
function wordsOf(answer: string): string {
  return answer
    .replace(/\btext:.*$/is, '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST)
}

/**
 * What a report of type 2 (lost on the way to the phone) or 16 (refused by the network) means. Only a refused number is
 * beyond hope: a phone that was off for too long may be on again.
 *
 * @param answer what the gateway passes on from the network (Kannel's `%A`), such as
 *   `NACK/0x0000000b/Invalid Destination Address`
 */
export function failureOf(type: string, answer: string): Failure {
  const words = wordsOf(answer)
  const what = type === '16' ? 'the network refused the text' : 'the text did not reach the phone'
  return {
    code: type === '16' ? 'sms-gateway.network_refused' : 'sms-gateway.not_delivered',
    reason: words === '' ? what : `${what}: ${words}`,
    permanent: INVALID_ADDRESS.test(words) || STATE_REJECTED.test(words),
  }
}
