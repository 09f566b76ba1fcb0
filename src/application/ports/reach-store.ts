import type { ContactKind, ContactStatus } from '../../domain/people/person.ts'

/** A contact point of somebody who is there, without its address. */
export interface PointRecord {
  id: string
  person: string
  /** IANA name; null where nobody has said. */
  timeZone: string | null
  /** Until when its owner is away, UTC milliseconds. */
  awayUntil: number | null
  kind: ContactKind
  status: ContactStatus
  label: string
  /** The same for the same address. */
  addressHash: string
  /** The last moment a human answered through it, UTC milliseconds. */
  lastProofAt: number | null
  /** The senders whom its owner told to stop, as `senderOf` names them. */
  stopped: string[]
}

/** What is known of how people can be reached, without opening an address. */
export interface ReachStore {
  /** Every contact point of everybody, also those that fail, some thousands at a time, by person. */
  points(): AsyncIterable<PointRecord[]>
}
