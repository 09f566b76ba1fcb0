import { z } from 'zod'
import { person } from './people.ts'
import { id, isoTime } from './shapes.ts'

/** Who did something, as people know them: a name, `key "…"`, `the host`; empty where it was not recorded. */
const who = z.string()

export const personVersion = z.object({
  version: z.int(),
  at: isoTime,
  by: who,
  /** Whether they had been taken out then. */
  removed: z.boolean(),
  person,
})
export type PersonVersionView = z.infer<typeof personVersion>

export const treeVersion = z.object({ version: z.int(), name: z.string(), people: z.int(), at: isoTime, by: who })
export type TreeVersionView = z.infer<typeof treeVersion>

/** Which earlier version is to become the next one. */
export const restoreBody = z.strictObject({ version: z.int().min(1) })

export const changesSince = z.object({ since: isoTime })

export const recordedChange = z.object({
  kind: z.enum(['person', 'tree']),
  id,
  name: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  /** What is different in a person: names of fields. */
  fields: z.array(z.string()),
  at: isoTime.optional(),
  by: who.optional(),
})
export type RecordedChange = z.infer<typeof recordedChange>

export const returnBody = z.strictObject({
  /** The time whose people and trees come back. */
  to: isoTime,
})

export const returnResult = z.object({
  to: isoTime,
  people: z.object({ changed: z.int(), broughtBack: z.int(), removed: z.int() }),
  trees: z.object({ changed: z.int(), broughtBack: z.int(), removed: z.int() }),
})
export type ReturnResult = z.infer<typeof returnResult>
