import { z } from 'zod'
import { CHECK_STATES } from '../domain/reach/check.ts'
import { id, isoTime } from './shapes.ts'

const days = z.int().min(0).max(365)

/** Whom to ask whether they are still reached. */
export const campaignBody = z.strictObject({
  /** Only the people of this tree, by id or name. */
  tree: z.string().min(1).optional(),
  /** Over how many days the questions are spread. */
  overDays: days.default(7),
  /** Whoever answered by a contact point within so many days is left alone. */
  provenWithinDays: days.default(90),
  /** Only says how many would be asked at most; nobody is. */
  preview: z.boolean().default(false),
})

export const campaignResult = z.object({ asked: z.int() })

export const standingCampaign = z.strictObject({
  /** Asks by itself whoever has no proof of the last so many days; null: never by itself. */
  everyDays: z.int().min(30).max(730).nullable(),
})

export const checkQuery = z.object({ state: z.enum(CHECK_STATES).optional() })

export const check = z.object({
  id,
  person: id,
  name: z.string(),
  contactPoint: id,
  kind: z.string(),
  state: z.enum(CHECK_STATES),
  dueAt: isoTime,
  sentAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  reason: z.string().nullable(),
})
export type CheckView = z.infer<typeof check>

export const detailsLink = z.object({ link: z.string(), expiresAt: isoTime })
