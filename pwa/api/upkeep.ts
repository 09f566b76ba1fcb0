import type { CheckView } from '../../src/contract/checks.ts'
import type { PersonVersionView, TreeVersionView } from '../../src/contract/history.ts'
import type { PersonDetail, PersonPatch, PersonView } from '../../src/contract/people.ts'
import type { PersonReach, TreeReach } from '../../src/contract/reach.ts'
import type { TreeEdit } from '../../src/contract/tree-edits.ts'
import type { TreeComparison, TreeSummary, TreeView, WeaknessList } from '../../src/contract/trees.ts'
import { request } from './request.ts'
import { get, list, type Page, post } from './service.ts'

const ifMatch = (version: number) => ({ 'if-match': `"${version}"` })

/** The requests of the pages on which people and trees are kept true; apart, so that an alert does not wait for them. */
export const upkeep = {
  weaknesses: (tree: string | null, signal: AbortSignal, of: { code?: string; limit?: number } = {}) =>
    get<WeaknessList>(
      `/trees/${tree === null ? '' : `${tree}/`}weaknesses?${new URLSearchParams({ limit: String(of.limit ?? 1), ...(of.code ? { code: of.code } : {}) })}`,
      signal,
    ),
  editTree: (id: string, version: number, edits: readonly TreeEdit[]) =>
    request<TreeView>('POST', `/trees/${id}/edits`, { json: { edits }, headers: ifMatch(version) }),
  treeChanges: (id: string, from: number | 'last_drill', signal: AbortSignal) =>
    get<TreeComparison>(`/trees/${id}/changes?from=${from}`, signal),
  treeVersions: (id: string, limit: number, signal: AbortSignal) =>
    get<Page<TreeVersionView>>(`/trees/${id}/history?limit=${limit}`, signal),
  restoreTree: (id: string, seen: number, version: number) =>
    request<TreeSummary>('POST', `/trees/${id}/restore`, { json: { version }, headers: ifMatch(seen) }),
  personHistory: (id: string, signal: AbortSignal) => list<PersonVersionView>(`/people/${id}/history`, signal),
  restorePerson: (id: string, seen: number, version: number) =>
    request<PersonView>('POST', `/people/${id}/restore`, { json: { version }, headers: ifMatch(seen) }),
  removePerson: (id: string, seen: number) => request<null>('DELETE', `/people/${id}`, { headers: ifMatch(seen) }),
  detailsLink: (id: string) => post<{ link: string; expiresAt: string }>(`/people/${id}/details-link`),
  reach: (signal: AbortSignal) => get<{ items: TreeReach[]; assumed: TreeReach['proofs'] }>('/reachability', signal),
  reachOfPeople: (tree: string, proof: string, limit: number, signal: AbortSignal) =>
    get<Page<PersonReach>>(
      `/reachability/people?${new URLSearchParams({ limit: String(limit), ...(tree ? { tree } : {}), ...(proof ? { proof } : {}) })}`,
      signal,
    ),
  checks: (state: string, limit: number, signal: AbortSignal) =>
    get<Page<CheckView>>(`/checks?limit=${limit}&state=${state}`, signal),
  askPoint: (contactPoint: string) => post<unknown>(`/contact-points/${contactPoint}/check`),
  askAll: (campaign: { tree?: string; overDays: number; provenWithinDays: number; preview: boolean }) =>
    post<{ asked: number }>('/checks', campaign),
  dropChecks: () => request<{ asked: number }>('DELETE', '/checks'),
  standing: (signal: AbortSignal) => get<{ everyDays: number | null }>('/checks/standing', signal),
  setStanding: (everyDays: number | null) => request<unknown>('PUT', '/checks/standing', { json: { everyDays } }),
  changePerson: (id: string, seen: number, patch: PersonPatch) =>
    request<PersonView>('PATCH', `/people/${id}`, { json: patch, headers: ifMatch(seen) }),
  detail: (id: string, signal: AbortSignal) => get<PersonDetail>(`/people/${id}`, signal),
}
