import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { CHECK_LIFETIME } from '../../domain/reach/check.ts'
import { type CheckablePoint, planChecks } from '../../domain/reach/plan-checks.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { NewCheck } from '../ports/check-store.ts'
import { findTree } from '../trees/save-tree.ts'
import { randomCode } from './check-code.ts'

/** Whom to ask whether they are still reached. */
export interface Campaign {
  /** Only the people of this tree. */
  tree?: string | undefined
  /** Over how many milliseconds the questions are spread. */
  over: number
  /** Whoever proved a contact point within so many milliseconds is left alone. */
  recent: number
  /** Asks nobody. */
  preview?: boolean
}

/**
 * Asks everybody whose contact points have no recent proof, spread over some days. Those who are being asked already, are
 * away, or told every sender to stop are left alone.
 *
 * @returns how many contact points are asked; in a preview how many at most, those included who are being asked already
 * @throws Problem `tree.unknown`
 */
export async function startCampaign(
  deps: Deps,
  actor: Actor,
  { tree: treeId, over, recent, preview = false }: Campaign,
): Promise<number> {
  const tree = treeId === undefined ? null : await findTree(deps, treeId)
  const within = tree && new Set((await deps.store.trees.nodes(tree.id, tree.version)).map(({ person }) => person))
  const now = deps.clock()
  const points: CheckablePoint[] = []
  for await (const page of deps.store.reach.points()) {
    for (const { awayUntil, timeZone, stopped, ...point } of page) {
      const away = awayUntil !== null && awayUntil > now
      if (away || stopped.length > 0 || within?.has(point.person) === false) continue
      points.push({ ...point, timeZone })
    }
    await deps.pause(0)
  }
  const planned = planChecks(points, { now, over, recent, chance: deps.chance })
  return preview ? planned.length : ask(deps, actor, planned, { tree: tree?.id ?? null })
}

/**
 * Asks one contact point now, because somebody wants to know.
 *
 * @throws Problem `check.not_possible` for a point that cannot be asked
 */
export async function checkPoint(deps: Deps, actor: Actor, contactPointId: string): Promise<void> {
  const asked = await ask(deps, actor, [{ id: contactPointId, dueAt: deps.clock(), byHand: true }], {
    point: contactPointId,
  })
  if (asked === 0)
    throw new Problem('conflict', 'check.not_possible', 'This is being asked already, or cannot be asked.')
}

/** When a contact point is asked; by hand: at once, whatever the time of day. */
interface PlannedCheck {
  id: string
  dueAt: number
  byHand?: boolean
}

/** What a new contact point is asked at once, in the commit that adds it. */
export function newChecks(deps: Deps, planned: readonly PlannedCheck[]): NewCheck[] {
  return planned.map(({ id: contactPointId, dueAt, byHand = false }) => {
    const id = deps.newId()
    return {
      id,
      contactPointId,
      code: randomCode(deps.chance),
      token: deps.vault.linkToken(id),
      byHand,
      dueAt,
      expiresAt: dueAt + CHECK_LIFETIME,
    }
  })
}

async function ask(
  deps: Deps,
  actor: Actor,
  planned: readonly PlannedCheck[],
  about: Record<string, unknown>,
): Promise<number> {
  if (planned.length === 0) return 0
  const added = deps.store.checks.add(newChecks(deps, planned), nameOf(actor), deps.clock())
  const rows = await deps.store.commit([...added, audited(deps, actor, 'checks.start', null, about)])
  deps.nudge()
  return rows.slice(0, added.length).reduce((sum, one) => sum + one.length, 0)
}
