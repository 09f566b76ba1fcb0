import type { Actor } from '../../domain/access/role.ts'
import { DAY } from '../../domain/clock.ts'
import { audited, auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { startCampaign } from './start-checks.ts'

const EVERY = 'checks.every_days'
const LOOKED = 'checks.looked_at'
const SPREAD = 7 * DAY

/** Of how many days a proof must be; null where nobody is asked without somebody starting it. */
export async function readStanding(deps: Pick<Deps, 'store'>): Promise<number | null> {
  const value = await deps.store.records.setting(EVERY)
  return value === null || value === '' ? null : Number(value)
}

export async function setStanding(deps: Deps, actor: Actor, everyDays: number | null): Promise<void> {
  await deps.store.commit([
    deps.store.records.setSetting(EVERY, everyDays === null ? '' : String(everyDays)),
    audited(deps, actor, 'checks.standing', null, { everyDays }),
  ])
}

/** Takes back what has not gone out. @returns how many */
export async function dropChecks(deps: Deps, actor: Actor): Promise<number> {
  const [dropped] = await deps.store.commit([
    deps.store.checks.drop(null, deps.clock()),
    auditedIfChanged(deps, actor, 'checks.drop', null),
  ])
  return dropped?.length ?? 0
}

/** Once a week asks whoever has no proof of the time that was set: what was asked then is spread until the next look. */
export async function keepStanding(deps: Deps): Promise<void> {
  const everyDays = await readStanding(deps)
  if (everyDays === null) return
  const now = deps.clock()
  const looked = Number((await deps.store.records.setting(LOOKED)) ?? 0)
  // A clock that was set back must not stop it for as long.
  if (looked <= now && now - looked < SPREAD) return
  await deps.store.commit([deps.store.records.setSetting(LOOKED, String(now))])
  await startCampaign(deps, { kind: 'service' }, { over: SPREAD, recent: everyDays * DAY })
}
