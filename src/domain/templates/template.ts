import type { Channel } from '../deliveries/channel.ts'

/** How severe the matter is, after Common Alerting Protocol 1.2, 3.2.2. */
export const SEVERITIES = ['extreme', 'severe', 'moderate', 'minor'] as const
export type Severity = (typeof SEVERITIES)[number]

/** How the audience is contacted. */
export const STRATEGIES = ['broadcast'] as const
export type Strategy = (typeof STRATEGIES)[number]

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
  plan: PlanStep[]
  /** By lower-case language, such as `en`. */
  texts: Record<string, TemplateText>
  responses: ResponseOption[]
  /** ISO 8601 duration after which an alert that nobody closed ends. */
  lifetime: string
}
