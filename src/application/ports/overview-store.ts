/** How far the sending of an alert is, in messages. */
export interface Sending {
  sent: number
  waiting: number
  failed: number
  /** Why the last hand-over of those that still wait did not work; null where none has failed. */
  trouble: string | null
}

/** Reads for people who look before an alert goes out, and while it does. */
export interface OverviewStore {
  /** The senders whom the owners of these people's contact points told to stop, by contact point. */
  optOuts(personIds: readonly string[]): Promise<Map<string, string[]>>
  /** The contact points of these people that somebody else has as well: with the same extension, or none. */
  shared(personIds: readonly string[]): Promise<ReadonlySet<string>>
  /** The open alerts somebody is in, or may come to be in while the audience is still being seated; newest first. */
  openAlertsOf(personId: string): Promise<string[]>
  sending(alertId: string): Promise<Sending>
  /** Who raised an alert, as the audit log names actors; null for an alert that was never raised. */
  raiserOf(alertId: string): Promise<string | null>
}
