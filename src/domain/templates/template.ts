import type { Channel } from '../deliveries/channel.ts'

/** How severe the matter is, after Common Alerting Protocol 1.2, 3.2.2. */
export const SEVERITIES = ['extreme', 'severe', 'moderate', 'minor'] as const
export type Severity = (typeof SEVERITIES)[number]

/** How the audience is contacted: everybody at once, down a tree, by people who phone, or until enough have accepted. */
export const STRATEGIES = ['broadcast', 'cascade', 'relay', 'quorum'] as const
export type Strategy = (typeof STRATEGIES)[number]

/** Whom a quorum needs. */
export interface Quorum {
  /** So many people must stand at an accepting answer; 0 where only duties count. */
  need: number
  /** So many of them with each of these duties. */
  perDuty: Record<string, number>
  /** How many more are contacted each time; 1 is strictly in order. */
  wave: number
}

/** One step of a channel plan: these channels, so long after the recipient's first contact. */
export interface PlanStep {
  /** ISO 8601 duration, such as `PT3M`. */
  after: string
  channels: Channel[]
}

/** The same message in one language. */
export interface TemplateText {
  title: string
  body: string
}

/** One answer that people can give: the same digit by text and by voice. */
export interface ResponseOption {
  /** One digit, 1 to 9. */
  digit: string
  /** Stable name in the API and reports, such as `safe`. */
  code: string
  /** Whether this answer means that the person takes part, comes, or is well. */
  accepts: boolean
  /** Goes to the top of the board. */
  needsHelp: boolean
  /** The words shown, spoken and accepted as a reply, by language. */
  label: Record<string, string>
}

/** What a template holds; the alert freezes a copy of it. */
export interface TemplateContent {
  name: string
  severity: Severity
  strategy: Strategy
  /** ISO 8601 duration for which silence is waited for, in every strategy but `broadcast`; default `PT5M`. */
  hold?: string | undefined
  /** ISO 8601 duration for which a relay's card may be worked on; default `PT15M`. */
  cardTime?: string | undefined
  /** Only for `quorum`, which needs it. */
  quorum?: Quorum | null | undefined
  plan: PlanStep[]
  /** By lower-case language, such as `en`. */
  texts: Record<string, TemplateText>
  responses: ResponseOption[]
  /** ISO 8601 duration after which an alert that nobody closed ends. */
  lifetime: string
}
