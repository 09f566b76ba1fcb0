import type { RecordedChange } from '../../contract/history.ts'
import { contactKey } from '../../domain/people/contact-key.ts'
import { toIso } from '../alerts/view-alert.ts'
import type { Deps } from '../deps.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { ChangedPerson, Person } from '../ports/people-store.ts'
import type { ChangedTree } from '../ports/tree-store.ts'
import { nameActors } from './name-actors.ts'

/** What is different in people and trees from what they were at a time: trees on the first page, then people. */
export async function showChanges(deps: Deps, since: number, request: PageRequest): Promise<Page<RecordedChange>> {
  const trees = request.cursor === null ? await deps.store.trees.changedSince(since) : []
  const { items, nextCursor } = await deps.store.people.changedSince(since, request)
  const nameIt = await nameActors(
    deps,
    items.map(({ now }) => now.by),
  )
  const changes = items.flatMap((item): RecordedChange[] => {
    const change = judgePerson(item)
    if (change === null) return []
    const { id, name } = item.now.person
    const who = { at: toIso(item.now.at), by: nameIt(item.now.by) }
    return [{ kind: 'person', id, name, ...change, ...who }]
  })
  const ofTrees = trees.flatMap((tree): RecordedChange[] => {
    const change = judgeTree(tree)
    return change === null ? [] : [{ kind: 'tree', id: tree.id, name: tree.name, change, fields: [] }]
  })
  return { items: [...ofTrees, ...changes], nextCursor }
}

/** Null where the person is again, or still, as they were. */
export function judgePerson({ was, now }: ChangedPerson): Pick<RecordedChange, 'change' | 'fields'> | null {
  if (was === null || was.removed) return now.removed ? null : { change: 'added', fields: [] }
  if (now.removed) return { change: 'removed', fields: [] }
  const fields = compareFields(was.person, now.person)
  return fields.length === 0 ? null : { change: 'changed', fields }
}

/** Null for a tree that is as it was, or came and went meanwhile. */
export function judgeTree({ was, removed, same }: ChangedTree): RecordedChange['change'] | null {
  if (was === null) return removed ? null : 'added'
  if (removed) return 'removed'
  return same ? null : 'changed'
}

const FIELDS = ['externalId', 'name', 'language', 'timeZone', 'duty'] as const

/** What a keeper can change and has changed. */
function compareFields(was: Person, now: Person): string[] {
  const points = ({ contactPoints }: Person) =>
    contactPoints.map((point) => `${contactKey(point)} ${point.label}`).join('\n')
  return [
    ...FIELDS.filter((field) => was[field] !== now[field]),
    ...(was.groups.join('\n') === now.groups.join('\n') ? [] : ['groups']),
    ...(points(was) === points(now) ? [] : ['contactPoints']),
  ]
}
