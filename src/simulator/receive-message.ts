import {
  type AccountOptions,
  API_VERSION,
  type Carrier,
  faultsApplyTo,
  type MessageRecord,
  optOutKey,
} from './carrier.ts'
import { elementsOf, exactTextOf, type MarkupElement, MarkupError, parseMarkup } from './markup.ts'
import { countSegments } from './message-json.ts'
import { dispatchMessage } from './send-message.ts'

const STOP = /^(STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT|REVOKE|OPTOUT)$/
const START = /^(START|UNSTOP)$/

/** Only the bare word counts: `STOP 4821` and "please stop" are ordinary texts. */
function readOptOut(carrier: Carrier, body: string, pair: string): 'STOP' | 'START' | undefined {
  const word = body
    .trim()
    .replace(/[.!]+$/, '')
    .toUpperCase()
  if (STOP.test(word)) return 'STOP'
  // YES is also an ordinary answer; it opts in only someone who has opted out.
  return START.test(word) || (word === 'YES' && carrier.optOuts.has(pair)) ? 'START' : undefined
}

function inboundParams(message: MessageRecord): Record<string, string> {
  return {
    AccountSid: message.account.accountSid,
    ApiVersion: API_VERSION,
    Body: message.body,
    From: message.from,
    MessageSid: message.sid,
    NumMedia: '0',
    NumSegments: String(countSegments(message.body)),
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: 'received',
    To: message.to,
  }
}

/** A phone texts one of the account's numbers: opt-outs are kept, the webhook is asked, its answer is carried out. */
export async function receiveMessage(
  carrier: Carrier,
  account: AccountOptions,
  text: { from: string; to: string; body: string },
): Promise<MessageRecord> {
  const message = dispatchMessage(carrier, {
    account,
    messagingServiceSid: null,
    ...text,
    direction: 'inbound',
    status: 'received',
    statusCallback: null,
  })
  const pair = optOutKey(text.from, text.to)
  const optOut = readOptOut(carrier, text.body, pair)
  if (optOut === 'STOP') carrier.phones.showText(text.from, text.to, stopNotice)
  if (optOut === 'STOP') carrier.optOuts.add(pair)
  if (optOut === 'START') carrier.optOuts.delete(pair)
  if (optOut === 'START') carrier.phones.showText(text.from, text.to, startNotice)
  if (!account.smsWebhook) return message
  const params = { ...inboundParams(message), ...(optOut ? { OptOutType: optOut } : {}) }
  const outgoing = { account, sid: message.sid, url: account.smsWebhook, params }
  const answer = await carrier.callbacks.ask(outgoing)
  if (carrier.faults.duplicateCallbacks && faultsApplyTo(carrier.faults, account.accountSid))
    await carrier.callbacks.ask(outgoing)
  if (answer?.ok) await carryOutAnswer(carrier, message, answer)
  return message
}

const stopNotice =
  'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.'
const startNotice = 'You have successfully been re-subscribed to messages from this number.'

async function carryOutAnswer(carrier: Carrier, received: MessageRecord, answer: Response): Promise<void> {
  const type = answer.headers.get('Content-Type') ?? ''
  const source = await answer.text()
  if (source.trim() === '') return
  if (type.startsWith('text/plain')) reply(carrier, received, source, {})
  else if (/^(text|application)\/([\w.-]+\+)?xml/.test(type)) carryOutMarkup(carrier, received, source)
  else carrier.report(12300, received.sid, `Invalid Content-Type: ${type}`)
}

function carryOutMarkup(carrier: Carrier, received: MessageRecord, source: string): void {
  try {
    const root = parseMarkup(source)
    if (root.name !== 'Response') throw new MarkupError(`<${root.name}> instead of <Response>`)
    for (const verb of elementsOf(root)) carryOutVerb(carrier, received, verb)
  } catch (error) {
    carrier.report(12100, received.sid, `Document parse failure: ${error instanceof Error ? error.message : error}`)
  }
}

function carryOutVerb(carrier: Carrier, received: MessageRecord, verb: MarkupElement): void {
  const bodies = elementsOf(verb).filter((child) => child.name === 'Body')
  const body = (bodies.length > 0 ? bodies : [verb]).map(exactTextOf).join('').trim()
  if (verb.name !== 'Message' && verb.name !== 'Sms')
    carrier.report(12200, received.sid, `Schema validation warning: <${verb.name}> is not a messaging verb`)
  else if (body) reply(carrier, received, body, verb.attributes)
}

function reply(carrier: Carrier, received: MessageRecord, body: string, attributes: Record<string, string>): void {
  const { action, statusCallback = action, from = received.to, to = received.from } = attributes
  const base = received.account.smsWebhook
  dispatchMessage(carrier, {
    account: received.account,
    messagingServiceSid: null,
    from,
    to,
    body,
    direction: 'outbound-reply',
    status: 'queued',
    statusCallback: statusCallback && base ? new URL(statusCallback, base).href : null,
  })
}
