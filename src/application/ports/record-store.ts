import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

export interface AuditEntry {
  id: string
  at: number
  actor: string
  act: string
  subject: string | null
  data: Record<string, unknown>
}

/** A creating request that was carried out. */
export interface DoneRequest {
  requestHash: string
  status: number
  response: string
}

export interface RecordStore {
  audit(entry: AuditEntry): Statement
  /** Only if the statement before it in the same commit changed something. */
  auditIfChanged(entry: AuditEntry): Statement
  auditEntries(request: PageRequest): Promise<Page<AuditEntry>>
  setting(name: string): Promise<string | null>
  setSetting(name: string, value: string): Statement
  /** Adds one to a setting that counts. */
  count(name: string): Statement
  done(actor: string, key: string): Promise<DoneRequest | null>
  /** Fails the whole commit when the key was used meanwhile. */
  markDone(actor: string, key: string, request: DoneRequest, now: number): Statement
}
