import type { PersonView } from '../../contract/people.ts'
import { toIso } from '../alerts/view-alert.ts'
import type { Person } from '../ports/people-store.ts'

/** A push endpoint is a secret of the device: only its name is shown. */
export function viewPerson(found: Person): PersonView {
  return {
    ...found,
    awayUntil: found.awayUntil === null ? null : toIso(found.awayUntil),
    contactPoints: found.contactPoints.map(({ extension, lastProofAt, position: _, ...point }) => ({
      ...point,
      address: point.kind === 'push' ? point.label || 'this person’s device' : point.address,
      lastProof: lastProofAt === null ? null : toIso(lastProofAt),
      ...(extension === null ? {} : { extension }),
    })),
  }
}
