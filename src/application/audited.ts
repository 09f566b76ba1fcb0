import { type Actor, nameOf } from '../domain/access/role.ts'
import type { Deps } from './deps.ts'
import type { AuditEntry } from './ports/record-store.ts'
import type { Statement } from './ports/statement.ts'

type Needs = Pick<Deps, 'store' | 'clock' | 'newId'>
type Details = Record<string, unknown>

/** The audit entry of an act, for the commit that does it. No personal data: ids only. */
export function audited(deps: Needs, actor: Actor, act: string, subject: string | null, data: Details = {}): Statement {
  return deps.store.records.audit(entryOf(deps, actor, act, subject, data))
}

/** The same, for an act that may turn out to do nothing: follows the statement that tells. */
export function auditedIfChanged(
  deps: Needs,
  actor: Actor,
  act: string,
  subject: string | null,
  data: Details = {},
): Statement {
  return deps.store.records.auditIfChanged(entryOf(deps, actor, act, subject, data))
}

function entryOf(deps: Needs, actor: Actor, act: string, subject: string | null, data: Details): AuditEntry {
  return { id: deps.newId(), at: deps.clock(), actor: nameOf(actor), act, subject, data }
}
