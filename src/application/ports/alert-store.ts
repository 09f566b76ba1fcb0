import type { Alert, AlertUpdate, EndState } from '../../domain/alerts/alert.ts'
import type { Rung } from '../../domain/alerts/rung.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import type { Purpose } from '../../domain/messages/purpose.ts'
import type { ContactKind } from '../../domain/people/person.ts'
import type { Because } from '../../domain/strategies/decision.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

interface Stand {
  /** How many stand on each rung above `planned`. */
  rungs: Partial<Record<Rung, number>>
  responses: Record<string, number>
  unreachable: number
}

/** The frozen audience, and apart from it those who were added later. */
export interface Tally extends Stand {
  added: Stand & { people: number }
  /** How many have not been contacted, because their turn has not come. */
  waiting: number
  unclear: number
}

export interface Attempt {
  id: string
  carrier: string
  state: 'sending' | 'accepted' | 'delivered' | 'voicemail' | 'failed' | 'unknown'
  errorCode: string | null
  errorReason: string | null
  providerId: string | null
}

export interface Delivery {
  id: string
  channel: Channel
  step: number
  purpose: Purpose
  /** For an update: its number; else 0. */
  update: number
  state: 'queued' | 'sending' | 'accepted' | 'delivered' | 'failed' | 'cancelled'
  attempts: Attempt[]
}

export interface Recipient {
  id: string
  alertId: string
  personId: string
  name: string
  language: string
  rung: Rung
  unreachable: string | null
  response: string | null
  acknowledgedAt: number | null
  acknowledgedBy: string | null
  acknowledgedChannel: string | null
  nextAt: number | null
  /** When the person was added to the running alert; null for the frozen audience. */
  addedAt: number | null
  changedAt: number
  /** Why the strategy contacted this person; null where everybody was contacted, and for who was not. */
  because: Because | null
  /** Which of the person's words every message of this alert carries; null before the first contact. */
  word: WordNumber | null
}

/** Names one word of a person. */
export interface WordNumber {
  series: number
  number: number
}

/** One place of the frozen audience. */
export interface Seat {
  personId: string
  name: string
  language: string
  /** 1 where a tree begins, else 0. */
  root: number
}

export interface TimelineRecord {
  id: string
  alertId: string
  at: number
  kind: string
  recipientId: string | null
  data: Record<string, unknown>
}

export type NewUpdate = Omit<AlertUpdate, 'number'> & { id: string; alertId: string }

export interface AlertStore {
  find(id: string): Promise<Alert | null>
  list(request: PageRequest): Promise<Page<Alert>>
  /** Codes of alerts raised since then, so that none is used again too soon. */
  codesSince(time: number): Promise<string[]>
  /** The open alerts with one of these codes. */
  openByCodes(codes: readonly string[]): Promise<Alert[]>
  /** All open alerts, newest first. */
  open(): Promise<Pick<Alert, 'id' | 'code' | 'raisedAt'>[]>
  tally(id: string): Promise<Tally>
  /** `decides`: its strategy says whom to contact; otherwise everybody is, as soon as he or she is seated. */
  insert(alert: Alert, decides: boolean): Statement
  /** Ends an open alert, or one whose lifetime has ended otherwise; answers a row only when it did. */
  end(id: string, state: EndState, by: string, at: number, remark?: string | null): Statement
  /** Lets an open alert end later, and be warned of anew; answers a row only when it did. */
  extend(id: string, endsAt: number, warnAt: number): Statement
  /** Open alerts of whose end it is time to warn. */
  endingSoon(now: number): Promise<string[]>
  /** Notes that it was warned of; answers a row only for the first who does. */
  markWarned(id: string, now: number): Statement
  /** Fails the whole commit when the alert is not open any more. */
  requireOpen(id: string): Statement
  /** Writes an update under the next number of its alert. */
  addUpdate(update: NewUpdate): Statement
  /** Open alerts whose lifetime is over. */
  overdue(now: number): Promise<string[]>
  openIds(): Promise<string[]>

  /** Alerts whose audience is not yet all turned into recipients. */
  expanding(): Promise<{ id: string; expandedTo: number }[]>
  /** How many places the trees of an alert have, with people who sit in two counted twice. */
  places(alert: Alert): Promise<number>
  /** The next places of the audience from `from` on, in tree order, each person once. */
  seats(alert: Alert, from: number, limit: number): Promise<Seat[]>
  /** Recipients for seats, due at once where the strategy lets them; repeats change nothing. Moves the expansion on, or ends it with null. */
  seat(
    alert: Alert,
    seats: readonly (Seat & { recipientId: string })[],
    from: number,
    expandedTo: number | null,
  ): Statement[]

  /** Adds people who are not there yet to an open alert, due at once. */
  addRecipients(
    alertId: string,
    people: readonly { personId: string; recipientId: string }[],
    entryId: string,
    now: number,
  ): Statement[]
  /** Notes how many were added with this entry, if anybody was. */
  noteAdded(entry: TimelineRecord): Statement
  recipient(id: string): Promise<Recipient | null>
  recipientOf(alertId: string, personId: string): Promise<Recipient | null>
  recipientByLink(token: string): Promise<Recipient | null>
  recipients(alertId: string, request: PageRequest): Promise<Page<Recipient>>
  /** Recipients of these ids, in no order; unknown ids are left out. */
  recipientsById(ids: readonly string[]): Promise<Recipient[]>
  /** When any recipient of an alert changed last, and how many at that very time; null when there are none. */
  newestChange(alertId: string): Promise<{ at: number; count: number } | null>
  /** Who changed at or after that time, oldest change first. Times go up in the order of the commits. */
  changesSince(alertId: string, time: number): Promise<{ id: string; changedAt: number }[]>
  /** Names of recipients by their ids. */
  names(recipientIds: readonly string[]): Promise<Map<string, string>>
  deliveriesOf(recipientIds: readonly string[]): Promise<Map<string, Delivery[]>>
  /** Where a person was contacted, or answered, newest first: whose turn has not come is not alarmed. */
  ofPerson(personId: string, limit: number): Promise<Recipient[]>
  /**
   * Everyone behind this address in an alert that is open or ended after `since`, newest first: whose address it is, and
   * whom the alert was sent to there, also when the address has been replaced meanwhile.
   */
  byAddress(
    address: string,
    kinds: readonly ContactKind[],
    since: number,
  ): Promise<{ recipient: Recipient; alert: Alert }[]>

  timeline(alertId: string, after: string | null, limit: number): Promise<TimelineRecord[]>
  /**
   * Entries that were committed after the one of that number, in the order of their commits, and the number to go on
   * from. From null on there are no entries, only the number to begin with.
   */
  entriesSince(
    alertId: string,
    number: number | null,
    limit: number,
  ): Promise<{ records: TimelineRecord[]; number: number }>
  note(entry: TimelineRecord): Statement
  /** Only if the statement before it in the same commit changed something. */
  noteIfChanged(entry: TimelineRecord): Statement
}
