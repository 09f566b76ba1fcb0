import { type AccountOptions, type Carrier, type MessageRecord, optOutKey } from './carrier.ts'
import { smsLoss, smsRefusal } from './number-behaviour.ts'
import { ProviderError } from './provider-error.ts'
import { isE164, readInteger, readUrl } from './read-request.ts'
import { reportMessageStatus } from './report-message-status.ts'

const BODY_LIMIT = 1600
const QUEUED_AFTER_MS = 20
const SENT_AFTER_MS = 150
const HANDSET_MS = 400
const GIVEN_UP_AFTER_MS = 4_000

function readSender(account: AccountOptions, form: URLSearchParams): { from: string; service: string | null } {
  const from = form.get('From') ?? ''
  const service = form.get('MessagingServiceSid') ?? ''
  if (!from && !service) throw new ProviderError(21603)
  if (service && !/^MG[0-9a-fA-F]{32}$/.test(service)) throw new ProviderError(21705, service)
  if (from && !account.numbers.includes(from)) {
    const plausible = isE164(from) || /^\d{3,8}$/.test(from) || /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/.test(from)
    throw new ProviderError(plausible ? 21606 : 21212, from)
  }
  const sender = from || account.numbers[0]
  if (!sender) throw new ProviderError(21705, service)
  return { from: sender, service: service || null }
}

/**
 * Takes a text from the API and sends it on its way.
 * Throws ProviderError with the provider's code when it refuses: 21211, 21212, 21266, 21408, 21602, 21603, 21604,
 * 21606, 21609, 21610, 21614, 21617, 21705, 20001.
 */
export function acceptMessage(carrier: Carrier, account: AccountOptions, form: URLSearchParams): MessageRecord {
  const to = form.get('To') ?? ''
  if (!to) throw new ProviderError(21604)
  const { from, service } = readSender(account, form)
  const body = form.get('Body') ?? ''
  if (!body && !form.has('MediaUrl') && !form.has('ContentSid')) throw new ProviderError(21602)
  if (body.length > BODY_LIMIT) throw new ProviderError(21617)
  if (!isE164(to)) throw new ProviderError(21211, to)
  if (to === from) throw new ProviderError(21266, to)
  const statusCallback = readUrl(form, 'StatusCallback', 21609)
  readInteger(form, 'ValidityPeriod', [1, 36_000], 36_000)
  const refusal = smsRefusal(carrier.phones.behaviourOf(to))
  if (refusal) throw new ProviderError(refusal, to)
  if (carrier.optOuts.has(optOutKey(to, from))) throw new ProviderError(21610)
  return dispatchMessage(carrier, {
    account,
    messagingServiceSid: service,
    from,
    to,
    body,
    direction: 'outbound-api',
    status: service ? 'accepted' : 'queued',
    statusCallback,
  })
}

type NewMessage = Omit<MessageRecord, 'sid' | 'errorCode' | 'createdAt' | 'updatedAt' | 'sentAt'>

/** Records a message and, when it is outbound, lets it run through its states. */
export function dispatchMessage(carrier: Carrier, draft: NewMessage): MessageRecord {
  const at = carrier.now()
  const sid = carrier.newSid('SM')
  const message: MessageRecord = { ...draft, sid, errorCode: null, createdAt: at, updatedAt: at, sentAt: null }
  carrier.messages.set(sid, message)
  if (message.direction !== 'inbound') carrier.later(QUEUED_AFTER_MS, () => advance(carrier, message))
  return message
}

function advance(carrier: Carrier, message: MessageRecord): void {
  if (message.status === 'canceled') return
  const behaviour = carrier.phones.behaviourOf(message.to)
  const unlucky = carrier.faults.smsFailRate > 0 && carrier.random() < carrier.faults.smsFailRate
  const loss = unlucky ? 30008 : smsLoss(behaviour)
  if (carrier.optOuts.has(optOutKey(message.to, message.from)) && message.direction !== 'outbound-api') {
    reportMessageStatus(carrier, message, 'failed', 21610)
    return
  }
  reportMessageStatus(carrier, message, 'queued')
  carrier.later(SENT_AFTER_MS, () => {
    if (message.status !== 'queued') return
    message.sentAt = carrier.now()
    reportMessageStatus(carrier, message, 'sent')
    if (loss) {
      const status = loss === 30006 || loss === 30008 ? 'failed' : 'undelivered'
      carrier.later(GIVEN_UP_AFTER_MS, () => reportMessageStatus(carrier, message, status, loss))
      return
    }
    carrier.later(HANDSET_MS + carrier.random() * HANDSET_MS, () => {
      carrier.phones.showMessage(message)
      if (behaviour !== 'no-receipt') reportMessageStatus(carrier, message, 'delivered')
    })
  })
}
