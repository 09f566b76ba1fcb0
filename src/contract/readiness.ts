import { z } from 'zod'

/** Whether the service works. */
export const serviceState = z.object({ ok: z.boolean(), database: z.boolean(), channels: z.array(z.string()) })

/** Whether an alert could be raised now. */
export const readiness = serviceState.extend({
  /** Without these no alert can be raised: people, a tree with people in it, a template, a commander or a key of one. */
  missing: z.array(z.enum(['people', 'tree', 'template', 'commander'])),
  /** `commander_signed_out`: no commander has a session, an unused link or a key. */
  warnings: z.array(z.enum(['commander_signed_out'])),
})
export type Readiness = z.infer<typeof readiness>
