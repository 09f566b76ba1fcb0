import { DAY } from '../clock.ts'

/**
 * How good the proof is that a human answers a contact point:
 * `proven` within three months, `ageing` within six, `stale` before that, `never`; `lost` for one that no message reaches
 * any more: it fails, has no carrier, or its owner told every sender to stop.
 */
export const PROOFS = ['proven', 'ageing', 'stale', 'never', 'lost'] as const
export type Proof = (typeof PROOFS)[number]

/** Up to which age, in milliseconds, a proof counts as what. */
const PROVEN_FOR = 90 * DAY
const AGEING_UNTIL = 180 * DAY

export function judgeProof({ works, lastProofAt }: { works: boolean; lastProofAt: number | null }, now: number): Proof {
  if (!works) return 'lost'
  if (lastProofAt === null) return 'never'
  const age = now - lastProofAt
  if (age <= PROVEN_FOR) return 'proven'
  return age <= AGEING_UNTIL ? 'ageing' : 'stale'
}

/** A person stands where their best contact point stands; without any they are lost. */
export function bestProof(proofs: readonly Proof[]): Proof {
  return PROOFS.find((proof) => proofs.includes(proof)) ?? 'lost'
}

/**
 * Out of a hundred people whose best proof is such, how many will be reached: assumptions, said as such wherever they are
 * shown, and set low where nothing is known. Drills replace them by what was measured.
 */
export const EXPECTED: Readonly<Record<Proof, number>> = { proven: 95, ageing: 85, stale: 65, never: 50, lost: 0 }

/** The share of people who are expected to be reached, 0 to 1; null for nobody. */
export function expectReach(people: Readonly<Record<Proof, number>>): number | null {
  let all = 0
  let reached = 0
  for (const proof of PROOFS) {
    all += people[proof]
    reached += (people[proof] * EXPECTED[proof]) / 100
  }
  return all === 0 ? null : reached / all
}
