import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { findPerson } from './save-person.ts'

export interface PushDevice {
  endpoint: string
  keys: { p256dh: string; auth: string }
  device: string
}

/**
 * A browser of the signed-in person wants to be alerted by push. The same endpoint again replaces its keys.
 *
 * @throws Problem `account.no_person` when the account belongs to nobody who can be alerted
 */
export async function savePushDevice(deps: Deps, actor: Actor, device: PushDevice): Promise<void> {
  const person = await findPerson(deps, personOf(actor))
  const known = person.contactPoints.find(
    (point) => point.kind === 'push' && endpointOf(point.address) === device.endpoint,
  )
  const { endpoint, keys } = device
  await deps.store.commit([
    deps.store.people.saveContactPoint(person.id, {
      id: known?.id ?? deps.newId(),
      kind: 'push',
      address: JSON.stringify({ endpoint, keys }),
      extension: null,
      label: device.device,
      position: known?.position ?? 0,
      status: 'verified',
      marks: [],
      lastProofAt: known?.lastProofAt ?? null,
    }),
    audited(deps, actor, 'push.subscribe', person.id),
  ])
}

/** @throws Problem `account.no_person` */
export async function removePushDevice(deps: Deps, actor: Actor, endpoint: string): Promise<void> {
  const person = await findPerson(deps, personOf(actor))
  const gone = person.contactPoints.filter((point) => point.kind === 'push' && endpointOf(point.address) === endpoint)
  const ids = gone.map((point) => point.id)
  await deps.store.commit([deps.store.people.markGone(ids), audited(deps, actor, 'push.unsubscribe', person.id)])
}

function personOf(actor: Actor): string {
  if (actor.kind === 'account' && actor.personId !== null) return actor.personId
  throw new Problem('conflict', 'account.no_person', 'This account is not linked to a person who can be alerted.')
}

function endpointOf(address: string): string {
  return (JSON.parse(address) as { endpoint: string }).endpoint
}
