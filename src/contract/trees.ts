import { z } from 'zod'
import { id, name } from './shapes.ts'

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
