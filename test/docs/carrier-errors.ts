import type { SendResult } from '../../src/application/ports/carrier.ts'
import { GATEWAY_ANSWERS } from '../../src/channels/sms-gateway/read-answer.ts'
import { failureOf } from '../../src/channels/sms-gateway/read-failure.ts'
import { SMTP_ERRORS } from '../../src/channels/smtp/status-codes.ts'
import { pageOf, TWILIO_ERRORS } from '../../src/channels/twilio/error-codes.ts'
import { readAnswer as readWebhookAnswer } from '../../src/channels/webhook/read-answer.ts'
import { readPushAnswer } from '../../src/channels/webpush/read-answer.ts'

const WHAT = {
  accepted: 'taken',
  opted_out: 'opted out',
  gone: 'gone for good',
  address: 'for this address',
  sender: 'for our sender',
  message: 'for this text',
  retry: 'temporary',
}

/** The runbook of error codes, made from what the code decides by. */
export function writeCarrierErrors(): string {
  return `${INTRODUCTION}
## Kind \`twilio\`

Source: ${pageOf('')} (each code has its page). A code that is not here: a refusal is *for our sender*, HTTP 401, 403, 408, 429
and 5xx are *temporary*; reported later, it is *temporary*.

${table(
  ['code', 'means', 'is taken as'],
  TWILIO_ERRORS.map(({ code, meaning, verdict }) => [`[${code}](${pageOf(code)})`, meaning, WHAT[verdict]]),
)}
## Kind \`smtp\`

Source: RFC 3463 and https://www.iana.org/assignments/smtp-enhanced-status-codes. Replies of 4xx and 552 are *temporary*. Without
a status the reply decides (RFC 5321, 4.2.3): 550 to 553 are *for this address* where the recipient was named, *for this text*
where the content was, else *for our sender*; 554 is *for our sender* but at the content; 556 is *gone for good*; 503 is
*temporary*. A status 5.7.x that is not here is *for our sender*. *Gone for good* counts only where the recipient was named.

${table(
  ['status', 'means', 'is taken as'],
  SMTP_ERRORS.map(({ code, meaning, verdict }) => [code, meaning, WHAT[verdict]]),
)}
## Kind \`sms-gateway\`

Source: Kannel 1.4.5, https://www.kannel.org/download/1.4.5/userguide-1.4.5/userguide.html, table 7-16, and its smsbox. Other
words: HTTP 401, 403, 408, 429 and 5xx are *temporary*, others *for our sender*; a success that cannot be read is *temporary*.

${table(
  ['code', 'means', 'is taken as'],
  GATEWAY_ANSWERS.map(({ code, meaning, verdict }) => [`sms-gateway.${code}`, meaning, WHAT[verdict]]),
)}
What its reports say later (chapter 10, and SMPP 3.4, 5.1.3 and appendix B):

${table(
  ['report', 'is taken as'],
  [
    ['type 2, the text did not reach the phone', later('2', '')],
    ['type 16, the network refused the text', later('16', 'NACK/')],
    ['either, with "Invalid Destination Address" (0x0b)', later('16', 'NACK/0x0000000b/Invalid Destination Address')],
    ['either, with "stat:REJECTD"', later('2', 'stat:REJECTD')],
  ],
)}
## Kind \`webpush\`

Source: RFC 8030, 5 and 7.3; RFC 8292, 4.2; the push services' own pages. A subscription made with another of our keys is *gone
for good* whatever the status.

${statuses((status) => readPushAnswer({ status, body: '', headers: new Headers() }, 'id'))}
## Kind \`webhook\`

Source: RFC 9110, 15, and https://www.standardwebhooks.com. A target in a private network that no setting allows is *for this
address*.

${statuses((status) => readWebhookAnswer({ status, retryAfter: null, date: null }, 'id'))}`
}

const INTRODUCTION = `# Error codes of carriers

This page is made from the tables that the service decides by: \`node test/docs/write-carrier-errors.ts\`.

| taken as | what happens |
|---|---|
| temporary | the next carrier of the route at once, after all of them a wait from two seconds to a minute or as long as the carrier asks; three times round, and the plan's next step starts too |
| for our sender | the next carrier of the route at once; where none is left, the next contact point. The number keeps its good name |
| for this address | the next contact point at once; the contact point shows as failing |
| for this text | the next contact point at once; the number keeps its good name |
| opted out | never again by this sender until its owner asks for it; the next carrier or contact point at once |
| gone for good | the contact point shows as gone and is not used again |

A failure that is reported after a message was taken brings the next contact point at once when it is *for this address*, *for
this text* or *opted out*, and for mail whenever it is not *temporary*; otherwise the next step keeps its time.
`

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('')
}

function later(type: string, answer: string): string {
  return failureOf(type, answer).permanent ? WHAT.address : WHAT.retry
}

/** Groups HTTP statuses by what an answer with them is read as. */
function statuses(read: (status: number) => SendResult): string {
  const ranges: { from: number; to: number; as: string }[] = []
  for (let status = 200; status < 600; status++) {
    const as = nameOf(read(status))
    const last = ranges.at(-1)
    if (last?.as === as) last.to = status
    else ranges.push({ from: status, to: status, as })
  }
  return table(
    ['HTTP status', 'is taken as'],
    ranges.map(({ from, to, as }) => [from === to ? String(from) : `${from} to ${to}`, as]),
  )
}

function nameOf(result: SendResult): string {
  switch (result.outcome) {
    case 'accepted':
      return WHAT.accepted
    case 'retryLater':
      return WHAT.retry
    case 'addressGone':
      return WHAT.gone
    case 'refused':
      return WHAT[result.blame]
  }
}
