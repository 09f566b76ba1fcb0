import { DAY } from '../../domain/clock.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { sendChecks } from './send-checks.ts'
import { keepStanding } from './standing-campaign.ts'

/** A browser that somebody uses renews its subscription at every start of the app. */
const SILENT = 45 * DAY

/** What there is to do about contact points now: which devices have gone silent, whom to begin to ask, what to hand over. Safe to run anywhere, and twice. */
export async function tendChecks(deps: Deps): Promise<void> {
  await deps.store.commit([
    deps.store.people.giveUpSilentPush(deps.clock() - SILENT),
    auditedIfChanged(deps, { kind: 'service' }, 'push.silent', null),
  ])
  await keepStanding(deps)
  await sendChecks(deps)
}
