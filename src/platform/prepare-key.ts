import { createHash, randomBytes } from 'node:crypto'
import type { PreparedKey } from '../cli/host.ts'
import type { KeyRole } from '../domain/access/role.ts'
import { makeUuidV7 } from '../domain/ids.ts'

/**
 * A key for a database that no shell of ours can reach: its secret, and the statements that put its hash and the audit
 * entry there. The hash is the vault's `hashSecret`, which needs no other secret.
 */
export function prepareKey(name: string, role: KeyRole, now: number): PreparedKey {
  const id = makeUuidV7(now, randomBytes)
  const secret = `tk_${randomBytes(24).toString('base64url')}`
  const hash = createHash('sha256').update(secret).digest('base64url')
  const key = [id, hash, name, role, 'host'].map(quote).join(', ')
  const entry = [makeUuidV7(now, randomBytes), 'host', 'key.create', id, JSON.stringify({ role, mayRaise: null })]
  return {
    id,
    secret,
    sql: [
      `insert into keys (id, secret_hash, name, role, created_by, created_at) values (${key}, ${now});`,
      `insert into audit_entries (id, actor, act, subject, data, at) values (${entry.map(quote).join(', ')}, ${now});`,
    ].join('\n'),
  }
}

/** A text in SQL, on one line: some clients split at line ends. */
function quote(text: string): string {
  return `'${text.replace(/\s+/g, ' ').replaceAll("'", "''")}'`
}
