import { GROUP, type Resource, type ResourceKind, USER } from '../../domain/directory/attributes.ts'
import { toIso } from '../alerts/view-alert.ts'
import type { Deps } from '../deps.ts'
import type { DirectoryGroup, DirectoryUser } from '../ports/directory-store.ts'

/** Where a resource is found. */
function locationOf({ settings }: Pick<Deps, 'settings'>, kind: ResourceKind, id: string): string {
  return `${settings.publicUrl}/scim/v2${kind.endpoint}/${encodeURIComponent(id)}`
}

/** A user as the directory said it last, and what this service adds. */
export function viewUser(deps: Deps, row: DirectoryUser, groups: readonly { id: string; name: string }[]): Resource {
  return {
    id: row.id,
    ...row.user,
    active: row.state === 'active',
    ...(groups.length === 0 ? {} : { groups: groups.map(({ id, name }) => ({ value: id, display: name })) }),
    meta: metaOf(deps, USER, row),
  }
}

export function viewGroup(
  deps: Deps,
  row: DirectoryGroup,
  members: readonly { id: string; userName: string }[],
): Resource {
  return {
    id: row.id,
    displayName: row.name,
    ...(row.externalId === null ? {} : { externalId: row.externalId }),
    ...(members.length === 0 ? {} : { members: members.map(({ id, userName }) => ({ value: id, display: userName })) }),
    meta: metaOf(deps, GROUP, row),
  }
}

function metaOf(
  deps: Deps,
  kind: ResourceKind,
  row: { id: string; version: number; createdAt: number; updatedAt: number },
): Resource {
  return {
    resourceType: kind.name,
    created: toIso(row.createdAt),
    lastModified: toIso(row.updatedAt),
    location: locationOf(deps, kind, row.id),
    version: `W/"${row.version}"`,
  }
}
