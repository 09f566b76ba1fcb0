import { z } from 'zod'
import { id, isoTime, line, name, type ProblemBody } from './shapes.ts'

const contactKind = z.enum(['push', 'sms', 'voice', 'email', 'webhook', 'satellite', 'radio'])

const contactPoint = z.object({
  id,
  kind: contactKind,
  /** E.164, mail address; for push the name of the device, never its endpoint. */
  address: z.string(),
  extension: z.string().optional(),
  label: z.string(),
  status: z.enum(['unverified', 'verified', 'failing', 'gone']),
  marks: z.array(z.string()),
  lastProof: isoTime.nullable(),
})

export const person = z.object({
  id,
  version: z.int(),
  externalId: z.string().nullable(),
  name: z.string(),
  language: z.string(),
  timeZone: z.string().nullable(),
  groups: z.array(z.string()),
  duty: z.string().nullable(),
  /** Until when deputies stand in; null when nobody has to. */
  awayUntil: isoTime.nullable(),
  contactPoints: z.array(contactPoint),
})
export type PersonView = z.infer<typeof person>

export const personDetail = person.extend({
  /** The running alerts that have, or may come to have, the person among their recipients. */
  inAlerts: z.array(z.object({ id, kind: z.enum(['live', 'drill']), title: z.string() })),
})
export type PersonDetail = z.infer<typeof personDetail>

const fields = {
  externalId: name(100),
  name: name(200),
  language: z.string(),
  timeZone: z.string(),
  groups: z.array(name(100)).max(50),
  duty: line(100),
  awayUntil: isoTime.nullable(),
  contactPoints: z
    .array(
      z.strictObject({
        kind: z.enum(['sms', 'voice', 'email', 'webhook']),
        address: z.string().trim().min(1).max(320),
        /** Absent for an address that is there already: its label stays. */
        label: line(60).optional(),
      }),
    )
    .max(20),
}

/** What a change to a person names; what is absent stays as it is. */
export const personPatch = z.strictObject(fields).partial()
export type PersonPatch = z.infer<typeof personPatch>

/** What a person is created from; addresses are checked as strictly as in a file. */
export const personBody = personPatch.extend({
  name: fields.name,
  groups: fields.groups.default([]),
  contactPoints: fields.contactPoints.default([]),
})
export type PersonBody = z.infer<typeof personBody>

/** Until when somebody is away; null when present. */
export const absence = z.strictObject({ until: isoTime.nullable() })
export type Absence = z.infer<typeof absence>

/** The next words of the signed-in person, as on a card. */
export const myWords = z.object({
  series: z.int(),
  items: z.array(z.object({ number: z.int(), word: z.string() })),
})
export type MyWords = z.infer<typeof myWords>

export const renewal = z.strictObject({ series: z.int().min(1) })

const importOutcome = z.enum(['created', 'changed', 'unchanged', 'review', 'refused', 'missing'])

export const importQuery = z.object({
  mode: z.enum(['preview', 'apply']).default('preview'),
  refused: z.enum(['reject_all', 'skip']).default('reject_all'),
  /** With a name, a call tree is built from "reports to" and saved under it. */
  tree: name(80).optional(),
  /** What columns hold where the guess is wrong, as JSON by header or number: `{ "Handynr": "mobile", "4": "ignore" }`. */
  columns: z.string().max(50_000).optional(),
})

export const exportQuery = z.object({
  /** The tree by which people report to each other; without it the only one there is. */
  tree: name(80).optional(),
})

/** What a human says about the rows of a preview. */
export const importDecisions = z.strictObject({
  /** For rows under review: the id or external id of the person whom they are about, or `new`. */
  decisions: z
    .array(z.strictObject({ line: z.int().min(1), person: z.string().min(1).max(100) }))
    .max(200_000)
    .default([]),
  /** Ids of people who are missing from the file and are to be taken out. Nobody is taken out by itself. */
  remove: z.array(id).max(200_000).default([]),
  /** Takes them out also where a running alert counts on them; without it such an import is refused, with their names. */
  despiteAlerts: z.boolean().optional(),
})
export type ImportDecisions = z.infer<typeof importDecisions>

export const importResult = z.object({
  id,
  mode: z.enum(['preview', 'apply']),
  applied: z.boolean(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  review: z.int(),
  refused: z.int(),
  missing: z.int(),
  /** How many of the missing were taken out, where somebody said so. */
  removed: z.int().optional(),
  encoding: z.string(),
  columns: z.record(z.string(), z.string()),
  unknownColumns: z.array(z.string()),
  /** Every column in its order with what it was read as (null: not read); absent for address cards. */
  mapping: z
    .array(z.object({ header: z.string(), role: z.string().nullable(), samples: z.array(z.string()) }))
    .optional(),
  /** What somebody should look at before the file is applied, in sentences. */
  warnings: z.array(z.string()).optional(),
  rows: z.array(
    z.object({
      /** Absent for `missing`: nothing in the file stands for them. */
      line: z.int().optional(),
      outcome: importOutcome,
      name: z.string().optional(),
      field: z.string().optional(),
      code: z.string().optional(),
      reason: z.string().optional(),
      person: id.optional(),
      /** Whom a row under review may be about: decide with `decisions` when the preview is applied. */
      candidates: z.array(z.object({ id, name: z.string(), about: z.string() })).optional(),
    }),
  ),
  /** How many rows a repeated answer of a large import leaves out: those that need nobody first. */
  rowsLeftOut: z.int().optional(),
  /** What is remarkable about the tree in the file: loops, unknown names. */
  tree: z
    .object({
      id: id.optional(),
      name: z.string(),
      nodes: z.int(),
      problems: z.array(
        z.object({ code: z.string(), reason: z.string(), line: z.int().optional(), field: z.string().optional() }),
      ),
    })
    .optional(),
})
export type ImportResult = z.infer<typeof importResult>

/** A person whom a directory wanted to take out, which waits for a human. */
export const waitingRemoval = z.object({
  id,
  person: z.object({ id, name: z.string() }),
  at: isoTime,
  /** The directory's key. */
  by: z.string(),
  how: z.enum(['deactivated', 'deleted']),
  /** More at once than a directory may take out by itself, an alert that is going on, or somebody who can sign in. */
  reason: z.enum(['over_limit', 'in_alert', 'has_account']),
})
export type WaitingRemoval = z.infer<typeof waitingRemoval>

/** For whom it is decided; without a list for everybody who waits. */
export const removalDecision = z.strictObject({ people: z.array(id).min(1).max(500).optional() })

/** A line of an answer that tells how far an import is: some of the first kind, then one of the others. */
export type ImportLine =
  | { progress: { phase: 'reading' | 'comparing' | 'writing'; done: number; total: number } }
  | { result: ImportResult }
  | { problem: ProblemBody }
