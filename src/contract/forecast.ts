import { z } from 'zod'
import { CHANNELS } from '../domain/deliveries/channel.ts'

/** What one carrier would carry on one channel if nobody answered before the plan ends. */
const carrierForecast = z.object({
  carrier: z.string(),
  channel: z.enum(CHANNELS),
  /** Null where it sets no limit. */
  perSecond: z.number().nullable(),
  messages: z.int(),
  /** In the currency of `cost`, at most; null where no price is known. */
  cost: z.number().nullable(),
})

/** How fast, by which carriers and for how much an alert would go out. */
export const forecast = z.object({
  /**
   * Seconds after the alert is raised until so many of the people who can be reached have been sent their first message;
   * null when nobody can be, and where people are contacted in turn, as others answer.
   */
  seconds: z.object({ half: z.number(), ninety: z.number(), all: z.number() }).nullable(),
  /** What makes the last of them wait, in words; null when nothing does. */
  bottleneck: z.string().nullable(),
  carriers: z.array(carrierForecast),
  /** What all texts and calls of the plan cost at most; null where a carrier's prices are not known. */
  cost: z.object({ currency: z.string(), total: z.number() }).nullable(),
  /** How many messages one person gets at most. */
  messagesPerPerson: z.int(),
})
export type Forecast = z.infer<typeof forecast>
