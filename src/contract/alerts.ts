import { z } from 'zod'
import { ALERT_KINDS, ALERT_STATES, AUDIENCES } from '../domain/alerts/alert.ts'
import { RUNGS } from '../domain/alerts/rung.ts'
import { isVisible } from '../domain/clean-input.ts'
import { CHANNELS } from '../domain/deliveries/channel.ts'
import { PURPOSES } from '../domain/messages/purpose.ts'
import { SEVERITIES, STRATEGIES } from '../domain/templates/template.ts'
import { forecast } from './forecast.ts'
import { block, id, isoDuration, isoTime, languageCode, name } from './shapes.ts'
import { template } from './templates.ts'

const rungCounts = z.object({
  planned: z.int(),
  accepted: z.int(),
  delivered: z.int(),
  heard: z.int(),
  acknowledged: z.int(),
})

/** Templates and trees are named by id or by name. */
export const alertBody = z.strictObject({
  template: z.string().min(1),
  trees: z.array(z.string().min(1)).min(1).max(20),
  kind: z.enum(ALERT_KINDS),
})
export type AlertBody = z.infer<typeof alertBody>

const updateText = z.strictObject({
  /** The alert's own where there is none. */
  title: name(120).optional(),
  body: block(2000).refine(isVisible, 'has nothing that can be seen'),
})

/** One text for everybody, in the organisation's language, or one for each language. */
export const updateBody = z
  .strictObject({
    audience: z.enum(AUDIENCES).default('all'),
    text: updateText.optional(),
    texts: z
      .record(languageCode, updateText)
      .refine((texts) => Object.keys(texts).length > 0, 'at least one language')
      .optional(),
  })
  .refine(({ text, texts }) => (text === undefined) !== (texts === undefined), 'say either "text" or "texts"')
export type UpdateBody = z.infer<typeof updateBody>

export const cancelBody = z.strictObject({
  /** Said beside "cancelled", as it is, in every language. */
  remark: block(300).optional(),
})

export const extendBody = z.strictObject({
  /** From now; the template's lifetime where nothing is said. */
  for: isoDuration.optional(),
})

/** Trees are named by id or by name. */
export const addBody = z
  .strictObject({
    people: z.array(id).max(1000).default([]),
    trees: z.array(z.string().min(1)).max(20).default([]),
  })
  .refine(({ people, trees }) => people.length + trees.length > 0, 'name somebody, or a tree')
export type AddBody = z.infer<typeof addBody>

const alertUpdate = z.object({
  number: z.int(),
  at: isoTime,
  by: z.string(),
  audience: z.enum(AUDIENCES),
  title: z.string(),
  body: z.string(),
})

/** What a text message will be like: units are septets (GSM-7) or 16-bit units (UCS-2), segments are paid parts. */
const smsOfLanguage = z.object({
  language: z.string(),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  units: z.int(),
  segments: z.int(),
  /** Part of what was written is left out, because it is too long for one message. */
  cut: z.boolean(),
  /** The characters that force the costlier encoding, each once. */
  costly: z.array(z.string()),
})
export type SmsOfLanguage = z.infer<typeof smsOfLanguage>

export const preflightResult = z.object({
  people: z.int(),
  /** How many people have a usable contact point, by channel of the plan. */
  byChannel: z.record(z.string(), z.int()),
  /** How many people have none. */
  unreached: z.int(),
  /** The first of them by name; none for a key that may only raise. */
  withoutContactPoint: z.array(z.object({ person: id, name: z.string() })),
  missingLanguages: z.array(z.string()),
  /** The text message in each language in which it will leave. */
  sms: z.array(smsOfLanguage),
  forecast,
  /** Everything that would make an answer or a message fail, in words. */
  warnings: z.array(z.string()),
})
export type PreflightResult = z.infer<typeof preflightResult>

export const alert = z.object({
  id,
  kind: z.enum(ALERT_KINDS),
  state: z.enum(ALERT_STATES),
  /** After Common Alerting Protocol 1.2, 3.2.1. */
  messageType: z.enum(['Alert', 'Update', 'Cancel']),
  code: z.string(),
  /** What whoever has not answered has to know now: the text of the newest update that is meant for them. */
  title: z.string(),
  body: z.string(),
  /** What was said later, in order, in the organisation's language. */
  updates: z.array(alertUpdate),
  severity: z.enum(SEVERITIES),
  template: z.object({ id, name: z.string() }),
  trees: z.array(z.object({ id, name: z.string(), version: z.int() })),
  plan: z.array(z.object({ after: z.string(), channels: z.array(z.enum(CHANNELS)) })),
  responseOptions: z.array(
    z.object({ digit: z.string(), code: z.string(), label: z.string(), accepts: z.boolean(), needsHelp: z.boolean() }),
  ),
  strategy: z.enum(STRATEGIES),
  /** What the strategy goes by; absent where it does not use it. */
  ...template.pick({ hold: true, cardTime: true, quorum: true }).shape,
  /** The people whom it was raised to, fixed then. */
  audience: z.int(),
  /** Of those on the rung `planned`: how many are not contacted, because their turn has not come; 0 when it has ended. */
  waiting: z.int(),
  raisedAt: isoTime,
  raisedBy: z.string(),
  /** When it ends by itself, unless somebody ends it or lets it go on. */
  endsAt: isoTime,
  /** Those who run it have been warned that nobody has closed it. */
  endsSoon: z.boolean(),
  /** For how long it goes on when it is let go on without saying for how long. */
  lifetime: isoDuration,
  closedAt: isoTime.nullable(),
  /** What was said beside the end. */
  endRemark: z.string().nullable(),
  /** Each recipient is in exactly one of them. */
  counts: rungCounts,
  unreachable: z.int(),
  /** How many people stand at each response, by its code. */
  responses: z.record(z.string(), z.int()),
  /** Whoever was added to the running alert; counted in nothing above. */
  added: z.object({
    people: z.int(),
    counts: rungCounts,
    unreachable: z.int(),
    responses: z.record(z.string(), z.int()),
  }),
  /** Answers that a person must read. */
  unclear: z.int(),
})
export type AlertView = z.infer<typeof alert>

const attempt = z.object({
  id: z.string(),
  carrier: z.string(),
  state: z.enum(['sending', 'accepted', 'delivered', 'voicemail', 'failed', 'unknown']),
  error: z.string().optional(),
  providerId: z.string().optional(),
})

const delivery = z.object({
  id,
  channel: z.enum(CHANNELS),
  step: z.int(),
  purpose: z.enum(PURPOSES),
  /** Which of the alert's updates it brings; 0 where it brings none. */
  update: z.int(),
  state: z.enum(['queued', 'sending', 'accepted', 'delivered', 'failed', 'cancelled']),
  attempts: z.array(attempt),
})

export const recipient = z.object({
  id,
  person: id,
  name: z.string(),
  rung: z.enum(RUNGS),
  unreachable: z.string().optional(),
  response: z.string().optional(),
  channel: z.string().optional(),
  acknowledgedAt: isoTime.optional(),
  onBehalfBy: z.string().optional(),
  /** Why the strategy contacted this person, in a sentence. */
  reason: z.string().optional(),
  /** When the next step of the plan is due for this person; absent when nothing more will be sent. */
  nextAt: isoTime.optional(),
  changedAt: isoTime,
  /** When the person was added to the running alert; absent for the frozen audience. */
  addedAt: isoTime.optional(),
  deliveries: z.array(delivery),
})
export type RecipientView = z.infer<typeof recipient>

export const timelineEntry = z.object({ id, at: isoTime, kind: z.string(), text: z.string(), recipient: id.optional() })
export type TimelineEntry = z.infer<typeof timelineEntry>

/** An answer that nobody could read by machine, kept whole. */
export const unclearAnswer = z.object({
  id,
  at: isoTime,
  channel: z.string(),
  from: z.string(),
  name: z.string().nullable(),
  recipient: id.nullable(),
  text: z.string(),
  /** How often the same text has come from the same phone. */
  times: z.int(),
  reason: z.string(),
})
export type UnclearAnswer = z.infer<typeof unclearAnswer>

/** One server-sent event named `board`: what has changed since the one before. */
export const boardEvent = z.object({
  alert,
  recipients: z.array(recipient),
  timeline: z.array(timelineEntry),
  unclear: z.array(unclearAnswer),
  /** The service's time, so that the screen can say how old it is. */
  at: isoTime,
})
export type BoardEvent = z.infer<typeof boardEvent>

/** The last event of a board, named `end`: the viewer may not see it any more, or the alert is long over. */
export interface BoardEnd {
  ended: 'access' | 'alert'
}

export const recordedAnswer = z.strictObject({
  response: z.string().min(1),
  note: block(500).optional(),
})

/** An answer in the app. */
export const myAnswer = z.strictObject({
  response: z.string().min(1),
  /** When the human tapped; a device without a network sends it later. */
  at: isoTime.optional(),
  /** Whose answer it is: a device that kept it may meanwhile be used by somebody else, as whom it must not count. */
  person: id.optional(),
})
export type MyAnswer = z.infer<typeof myAnswer>

/** An alert as its recipient sees it in the app. */
export const myAlert = z.object({
  id,
  kind: z.enum(ALERT_KINDS),
  state: z.enum(ALERT_STATES),
  code: z.string(),
  title: z.string(),
  body: z.string(),
  organisation: z.string(),
  raisedAt: isoTime,
  responseOptions: alert.shape.responseOptions,
  response: z.string().nullable(),
  acknowledgedAt: isoTime.nullable(),
  /** What its messages show, so that they can be compared. */
  word: z.object({ number: z.int(), word: z.string() }).nullable(),
})
export type MyAlert = z.infer<typeof myAlert>
