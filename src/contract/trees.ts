import { z } from 'zod'
import { WEAKNESS_CODES } from '../domain/trees/weakness.ts'
import { id, name, page } from './shapes.ts'

const treeNode = z.strictObject({
  /** A person's id or external id. */
  person: z.string().min(1),
  parent: z.string().min(1).optional(),
  deputies: z.array(z.string().min(1)).max(10).default([]),
})

export const treeBody = z.strictObject({
  name: name(80),
  nodes: z.array(treeNode).min(1).max(200_000),
})
export type TreeBody = z.infer<typeof treeBody>

export const treeSummary = z.object({ id, name: z.string(), version: z.int(), people: z.int() })
export type TreeSummary = z.infer<typeof treeSummary>

export const tree = treeSummary.extend({
  nodes: z.array(z.object({ person: id, name: z.string(), parent: id.nullable(), deputies: z.array(id) })),
})
export type TreeView = z.infer<typeof tree>

export const treeQuery = z.object({ version: z.coerce.number().int().min(1).optional() })

export const treeComparisonQuery = z.object({
  /** The earlier version, or `last_drill` for the one of the last drill. */
  from: z.union([z.literal('last_drill'), z.coerce.number().int().min(1)]),
  to: z.coerce.number().int().min(1).optional(),
})

const named = z.object({ person: id, name: z.string() })
const place = named.nullable()

/** What is different between two versions; whoever calls somebody is named, null at the top. */
export const treeComparison = z.object({
  from: z.int(),
  to: z.int(),
  joined: z.array(named.extend({ parent: place })),
  left: z.array(named.extend({ parent: place })),
  moved: z.array(named.extend({ from: place, to: place })),
  deputies: z.array(named.extend({ from: z.array(named), to: z.array(named) })),
})
export type TreeComparison = z.infer<typeof treeComparison>

const parent = id.nullable()
const treeEdit = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('add'), person: id, parent }),
  z.strictObject({ act: z.literal('remove'), person: id }),
  z.strictObject({ act: z.literal('move'), person: id, parent }),
  z.strictObject({ act: z.literal('set_deputies'), person: id, deputies: z.array(id).max(10) }),
  z.strictObject({ act: z.literal('add_deputy'), person: id, deputy: id }),
])

/** Carried out one after the other, all or none. */
export const treeEdits = z.strictObject({ edits: z.array(treeEdit).min(1).max(1_000) })

export const weaknessQuery = z.object({
  /** More people than this are too many for one to call. */
  span: z.coerce.number().int().min(1).max(1_000).optional(),
  code: z.enum(WEAKNESS_CODES).optional(),
})

const weakness = z.object({
  code: z.enum(WEAKNESS_CODES),
  severity: z.enum(['serious', 'minor']),
  tree: z.object({ id, name: z.string(), version: z.int() }).optional(),
  person: z.object({ id, name: z.string() }),
  reason: z.string(),
  mends: z.array(
    z.union([z.object({ label: z.string(), edits: z.array(treeEdit) }), z.object({ label: z.string(), person: id })]),
  ),
})

/** Weaknesses, the worst first, and how many there are of each. */
export const weaknesses = page(weakness).extend({ counts: z.partialRecord(z.enum(WEAKNESS_CODES), z.int()) })
export type WeaknessList = z.infer<typeof weaknesses>
