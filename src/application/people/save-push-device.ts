import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { audited } from '../audited.ts'
import { type Deps, routeOf } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { ContactPoint } from '../ports/people-store.ts'
import { findPerson } from './save-person.ts'

export interface PushDevice {
  endpoint: string
  keys: { p256dh: string; auth: string }
  device: string
}

/** More browsers than anybody carries; whoever subscribes again and again would be sent as many messages. */
const MOST_DEVICES = 10

/**
 * A browser of the signed-in person wants to be alerted by push. The same endpoint again replaces its keys. Where there
 * would be too many, those that have proven least make room.
 *
 * @throws Problem `account.no_person` when the account belongs to nobody who can be alerted; `push.not_set_up`;
 *   `push.endpoint_not_allowed` and `push.subscription_invalid` for a device that no carrier can ever send to
 */
export async function savePushDevice(deps: Deps, actor: Actor, device: PushDevice): Promise<void> {
  const person = await findPerson(deps, personOf(actor))
  const { endpoint, keys } = device
  const address = JSON.stringify({ endpoint, keys })
  const problem = findFault(routeOf(deps, 'push'), address)
  if (problem) throw problem
  const devices = person.contactPoints.filter((point) => point.kind === 'push')
  const known = devices.find((point) => endpointOf(point.address) === endpoint)
  const others = devices.filter((point) => point !== known).sort(byProof)
  const surplus = others.slice(0, Math.max(0, others.length + 1 - MOST_DEVICES))
  const id = known?.id ?? deps.newId()
  await deps.store.commit([
    deps.store.people.saveContactPoint(person.id, {
      id,
      kind: 'push',
      address,
      extension: null,
      label: device.device,
      position: known?.position ?? 0,
      status: 'verified',
      marks: [],
      lastProofAt: known?.lastProofAt ?? null,
    }),
    deps.store.people.markSeen(id, deps.clock()),
    audited(deps, actor, 'push.subscribe', person.id),
    deps.store.people.markGone(surplus.map(({ id }) => id)),
  ])
}

/** Null when some carrier can send there. */
function findFault(carriers: readonly Carrier[], address: string): Problem | null {
  if (carriers.length === 0) return new Problem('conflict', 'push.not_set_up', 'No carrier is set up for push.')
  const faults = carriers.map((carrier) => carrier.check?.(address) ?? null)
  return faults.includes(null) ? null : (faults[0] ?? null)
}

/** The least proven first: who never showed anything by age (ids are in order of time), then by the last proof. */
function byProof(left: ContactPoint, right: ContactPoint): number {
  return (left.lastProofAt ?? 0) - (right.lastProofAt ?? 0) || (left.id < right.id ? -1 : 1)
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
