import { z } from 'zod'
import { ALERT_KINDS, ALERT_STATES } from '../domain/alerts/alert.ts'
import { RUNGS } from '../domain/alerts/rung.ts'
import { alert } from './alerts.ts'
import { id, isoTime } from './shapes.ts'

/** One model behind the JSON, CSV and page; times to acknowledge in seconds since the alert was raised. */
export const report = z.object({
  alert: z.object({
    id,
    kind: z.enum(ALERT_KINDS),
    state: z.enum(ALERT_STATES),
    messageType: alert.shape.messageType,
    title: z.string(),
    template: z.string(),
    trees: z.array(z.string()),
    organisation: z.string(),
    raisedAt: isoTime,
    raisedBy: z.string(),
    closedAt: isoTime.nullable(),
    endRemark: z.string().nullable(),
    updates: alert.shape.updates,
  }),
  generatedAt: isoTime,
  /** The frozen audience: what every number and share below is about. */
  audience: z.int(),
  /** Whoever was added to the running alert, apart. */
  added: z.object({ people: z.int(), counts: alert.shape.counts, unreachable: z.int() }),
  counts: alert.shape.counts,
  unreachable: z.int(),
  onBehalf: z.int(),
  responses: z.array(z.object({ code: z.string(), label: z.string(), count: z.int() })),
  /** Seconds until the given share of the audience had acknowledged; null where it never did. */
  timeToAcknowledge: z.object({ p50: z.number().nullable(), p90: z.number().nullable(), last: z.number().nullable() }),
  curve: z.array(z.object({ seconds: z.number(), acknowledged: z.int() })),
  channels: z.array(
    z.object({
      channel: z.string(),
      sent: z.int(),
      accepted: z.int(),
      delivered: z.int(),
      failed: z.int(),
      acknowledged: z.int(),
    }),
  ),
  recipients: z.array(
    z.object({
      person: id,
      name: z.string(),
      addedAt: isoTime.nullable(),
      rung: z.enum(RUNGS),
      response: z.string().nullable(),
      channel: z.string().nullable(),
      acknowledgedAt: isoTime.nullable(),
      seconds: z.number().nullable(),
      onBehalfBy: z.string().nullable(),
      unreachable: z.string().nullable(),
      /** Of a person whom nothing has reached: why the last hand-over did not work. */
      lastError: z.string().nullable(),
    }),
  ),
})
export type Report = z.infer<typeof report>
