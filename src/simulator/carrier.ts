import type { Faults } from './faults.ts'
import type { Behaviour } from './number-behaviour.ts'

export interface AccountOptions {
  accountSid: string
  authToken: string
  /** E.164 senders owned by the account. */
  numbers: string[]
  /** Full URL to which texts to those numbers are posted. */
  smsWebhook?: string
  /** Full URL to which calls to those numbers are posted. */
  voiceWebhook?: string
  /** Texts accepted per second; more are answered with 429. Absent: no limit. */
  smsPerSecond?: number
  /** Calls accepted per second; more are answered with 429. Absent: no limit. */
  callsPerSecond?: number
}

export type MessageStatus =
  | 'accepted'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'received'
  | 'canceled'

export interface MessageRecord {
  sid: string
  account: AccountOptions
  messagingServiceSid: string | null
  from: string
  to: string
  body: string
  direction: 'inbound' | 'outbound-api' | 'outbound-reply' | 'outbound-call'
  status: MessageStatus
  errorCode: number | null
  statusCallback: string | null
  createdAt: number
  updatedAt: number
  sentAt: number | null
}

export type CallStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled'

/** Runs the markup of one answered call. */
export interface CallSession {
  start(): void
  /** The phone presses keys: they count inside a Gather, also while its message is still playing. */
  press(keys: string): void
  /** The API gives the call other instructions. */
  redirect(url: string | null, markup: string | null, method: 'GET' | 'POST'): void
  stop(): void
}

export interface CallRecord {
  sid: string
  account: AccountOptions
  from: string
  to: string
  direction: 'inbound' | 'outbound-api'
  status: CallStatus
  url: string | null
  method: 'GET' | 'POST'
  fallbackUrl: string | null
  markup: string | null
  statusCallback: string | null
  statusMethod: 'GET' | 'POST'
  statusEvents: Set<string>
  machineDetection: 'none' | 'enable' | 'message-end'
  asyncDetectionCallback: string | null
  answeredBy: string | null
  sendDigits: string
  /** Seconds it may ring. */
  timeout: number
  /** Seconds it may last. */
  timeLimit: number
  createdAt: number
  updatedAt: number
  startedAt: number | null
  answeredAt: number | null
  endedAt: number | null
  sequence: number
  session: CallSession | null
}

/** A line of the provider's debugger: what went wrong while it ran markup or called back. */
export interface DebuggerEvent {
  code: number
  message: string
  sid: string
  at: number
}

/** A request the carrier made to a webhook, and what came back. */
export interface CallbackRecord {
  url: string
  method: 'GET' | 'POST'
  params: Record<string, string>
  /** HTTP status of the answer; 0 when there was none. */
  status: number
  at: number
}

export interface Outgoing {
  account: AccountOptions
  sid: string
  url: string
  method?: 'GET' | 'POST'
  params: Record<string, string>
}

/** How requests leave: `ask` for an answer that matters, `tell` for a status that the faults may repeat or reorder. */
export interface Callbacks {
  ask(outgoing: Outgoing): Promise<Response | undefined>
  tell(outgoing: Outgoing): void
}

/** The far end of the network, as the carrier sees it. */
export interface Handsets {
  behaviourOf(number: string): Behaviour
  /** Whether the number is in a call already. */
  isEngaged(number: string): boolean
  ring(call: CallRecord): void
  callAnswered(call: CallRecord): void
  callEnded(call: CallRecord): void
  /** Shows what is said in the call. */
  subtitle(call: CallRecord, text: string): void
  showMessage(message: MessageRecord): void
  /** A notice of the network itself. */
  showText(phone: string, from: string, text: string): void
}

/** What every part of the simulated carrier shares. */
export interface Carrier {
  accounts: Map<string, AccountOptions>
  messages: Map<string, MessageRecord>
  calls: Map<string, CallRecord>
  optOuts: Set<string>
  debugger: DebuggerEvent[]
  callbackLog: CallbackRecord[]
  faults: Faults
  phones: Handsets
  callbacks: Callbacks
  now: () => number
  later: (ms: number, run: () => void) => void
  /** In [0, 1), from the seed. */
  random: () => number
  newSid: (prefix: string) => string
  /** Remembers work in flight for `settle`. */
  track: (work: Promise<unknown>) => void
  report: (code: number, sid: string, message: string) => void
  logCallback: (record: CallbackRecord) => void
}

export const API_VERSION = '2010-04-01'

/** Opt-outs hold for one pair: a phone and the sender it answered STOP to. */
export function optOutKey(phone: string, sender: string): string {
  return `${phone}<${sender}`
}

/** The account that owns a number. */
export function ownerOf(carrier: Carrier, number: string): AccountOptions | undefined {
  return [...carrier.accounts.values()].find((account) => account.numbers.includes(number))
}

/** Whether the present faults concern this account. */
export function faultsApplyTo(faults: Faults, accountSid: string): boolean {
  return faults.onlyAccount === '' || faults.onlyAccount === accountSid
}

/** The far end of a call: the phone, whichever side began it. */
export function handsetOf(call: CallRecord): string {
  return call.direction === 'inbound' ? call.from : call.to
}
