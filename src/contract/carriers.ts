import { z } from 'zod'
import { CHANNELS } from '../domain/deliveries/channel.ts'
import { isoTime } from './shapes.ts'

/** How a carrier does on one channel. */
export const carrierState = z.object({
  carrier: z.string(),
  channel: z.enum(CHANNELS),
  /** `set_aside`: it fails, and others carry its messages; `probing`: the next message shows whether it works again. */
  state: z.enum(['ok', 'set_aside', 'probing']),
  since: isoTime.optional(),
  reason: z.string().optional(),
  /** Which carrier takes its messages meanwhile; absent when no other is there. */
  next: z.string().optional(),
  /** Messages that wait for it. */
  waiting: z.int(),
  /** In the last five minutes: what it took, and what it did not take. */
  sent: z.int(),
  failed: z.int(),
  /** Seconds from acceptance to the handset, half of the messages sooner: of the last 20, and as usual. */
  delay: z.object({ now: z.number(), usual: z.number() }).optional(),
})
export type CarrierState = z.infer<typeof carrierState>
