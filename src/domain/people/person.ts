/** The ways in which a person can be reached. */
export type ContactKind = 'push' | 'sms' | 'voice' | 'email' | 'webhook' | 'satellite' | 'radio'

export type ContactStatus = 'unverified' | 'verified' | 'failing' | 'gone'

/** What reading a contact point noticed about it, none of which stops its use. */
export type ContactMark = 'not_valid' | 'repaired' | 'landline' | 'mobile'

/** A contact point as a file or form gave it, before it has an id and a status. */
export interface ContactPointDraft {
  kind: ContactKind
  /** E.164 for numbers, a mail address for mail. */
  address: string
  /** Digits that are dialled once the call is answered. */
  extension?: string
  label: string
  marks: ContactMark[]
}

/** A person as a file or form gave them, before they have an id. */
export interface PersonDraft {
  externalId?: string
  name: string
  /** The primary subtag of BCP 47, lower case: `en`, `fr`. */
  language?: string
  /** IANA time zone name. */
  timeZone?: string
  groups: string[]
  duty?: string
  /** External id or name of the person above in the call tree. */
  reportsTo?: string
  /** External ids or names. */
  deputies: string[]
  /** External ids or names of the people whom this one calls: `reportsTo` seen from above. */
  calls?: string[]
  contactPoints: ContactPointDraft[]
}
