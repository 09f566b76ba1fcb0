import { z } from 'zod'
import { PROOFS } from '../domain/reach/judge-reach.ts'
import { id, isoTime, page } from './shapes.ts'

const proof = z.enum(PROOFS)
const counts = z.record(proof, z.int())

/** How far a tree, or everybody, is proven to be reachable. */
export const treeReach = z.object({
  /** Absent for everybody. */
  tree: z.object({ id, name: z.string() }).optional(),
  people: z.int(),
  /** How many people stand where, by their best contact point. */
  proofs: counts,
  /** The same for each channel that anybody has. */
  channels: z.record(z.string(), counts),
  /** The share of people expected to be reached by the assumptions in `assumed`, 0 to 1; null for nobody. */
  expected: z.number().nullable(),
})
export type TreeReach = z.infer<typeof treeReach>

/** Everybody first, then each tree. */
export const reachLedger = page(treeReach).extend({
  /** Of a hundred people whose best proof is such, how many are assumed to be reached. */
  assumed: z.record(proof, z.int()),
})

export const personReachQuery = z.object({ tree: z.string().optional(), proof: proof.optional() })

export const personReach = z.object({
  person: id,
  name: z.string(),
  proof,
  lastProof: isoTime.nullable(),
  points: z.array(
    z.object({ id, kind: z.string(), label: z.string(), proof, lastProof: isoTime.nullable(), status: z.string() }),
  ),
})
export type PersonReach = z.infer<typeof personReach>
