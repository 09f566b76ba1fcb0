import type { Deps } from '../deps.ts'
import { sendChecks } from './send-checks.ts'
import { keepStanding } from './standing-campaign.ts'

/** What there is to do about checks now: whom to begin to ask, and what to hand over. Safe to run anywhere, and twice. */
export async function tendChecks(deps: Deps): Promise<void> {
  await keepStanding(deps)
  await sendChecks(deps)
}
