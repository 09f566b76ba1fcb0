import type { AddBody } from '../../contract/alerts.ts'
import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { Problem } from '../../domain/errors.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, findDone, type Once } from '../once.ts'
import { endedOtherwise } from './close-alert.ts'
import { findAlert } from './find-alert.ts'

/**
 * Adds people, or everybody of a tree, to a running alert: they get its plan from the beginning, with the newest text.
 * They are counted apart, so that the frozen audience stays the denominator. Whoever it is for already is left alone,
 * but who waits for a turn in it has it now.
 *
 * @throws Problem `alert.unknown`, `alert.ended`, `person.unknown`, `tree.unknown`, `idempotency.mismatch`
 */
export async function addPeople(
  deps: Deps,
  actor: Actor,
  alertId: string,
  body: AddBody,
  once: Once | null,
): Promise<Alert> {
  const alert = await findAlert(deps, alertId)
  if (once && (await findDone(deps, actor, once))) return alert
  if (alert.state !== 'open') throw endedOtherwise()
  const trees = await findTrees(deps, body.trees)
  const nodes = await Promise.all(trees.map(({ id, version }) => deps.store.trees.nodes(id, version)))
  const people = new Set([...(await findPeople(deps, body.people)), ...nodes.flat().map(({ person }) => person)])
  const { alerts } = deps.store
  const now = deps.clock()
  const named = [...people].map((personId) => ({ personId, recipientId: deps.newId() }))
  const entryId = deps.newId()
  const data = { by: displayNameOf(actor), trees: trees.map(({ name }) => name) }
  const statements = [
    alerts.requireOpen(alertId),
    ...alerts.addRecipients(alertId, named, entryId, now),
    alerts.noteAdded({ id: entryId, alertId, at: now, kind: 'added', recipientId: null, data }),
    audited(deps, actor, 'alert.add', alertId, {
      trees: trees.map(({ id, version }) => ({ id, version })),
      people: body.people,
    }),
  ]
  await commitOnce(deps, actor, once, statements, {}).catch(async (error: unknown) => {
    throw (await findAlert(deps, alertId)).state === 'open' ? error : endedOtherwise()
  })
  deps.nudge()
  return findAlert(deps, alertId)
}

function findTrees(deps: Deps, names: readonly string[]) {
  return Promise.all(
    names.map(async (name, index) => {
      const tree = await deps.store.trees.find(name)
      if (tree) return tree
      throw new Problem('invalid', 'tree.unknown', `There is no tree "${name}".`, { field: `trees.${index}` })
    }),
  )
}

async function findPeople(deps: Deps, ids: readonly string[]): Promise<string[]> {
  const found = new Set((await deps.store.people.find(ids)).map(({ id }) => id))
  const missing = ids.findIndex((id) => !found.has(id))
  if (missing < 0) return [...ids]
  throw new Problem('invalid', 'person.unknown', 'There is no such person.', { field: `people.${missing}` })
}
