import { asc, eq, sql } from 'drizzle-orm'
import type { PendingImport, PeopleStore } from '../application/ports/people-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { built, type Database, failUnless, statement } from './database.ts'
import { importParts, imports } from './schema/people.ts'

type Pending = Pick<PeopleStore, 'import' | 'saveImport' | 'markImportApplied'>

/** Previewed files, kept sealed until they are applied. */
export function createPendingImports({ db }: Database, vault: Vault): Pending {
  return {
    async import(id) {
      const [row] = await db.select().from(imports).where(eq(imports.id, id))
      if (!row) return null
      const parts = await db
        .select({ sealed: importParts.sealed })
        .from(importParts)
        .where(eq(importParts.importId, id))
        .orderBy(asc(importParts.number))
      const file = fromBase64(parts.map((part) => vault.open(part.sealed)))
      const { basis, refused, treeName, columns, appliedAt } = row
      return { id, basis, refused, treeName, columns, file, appliedAt }
    },
    saveImport: ({ file, ...pending }: PendingImport & { createdAt: number; createdBy: string }) => [
      built(db.insert(imports).values(pending)),
      ...toBase64(file).map((part, number) =>
        built(db.insert(importParts).values({ importId: pending.id, number, sealed: vault.seal(part) })),
      ),
    ],
    markImportApplied: (id, now) => [
      failUnless(sql`exists (select 1 from imports where id = ${id} and applied_at is null)`),
      statement(sql`update imports set applied_at = ${now} where id = ${id} and applied_at is null`),
    ],
  }
}

const PART = 600_000

/** A file as base64, a piece of it per database value. */
function toBase64(bytes: Uint8Array): string[] {
  const parts: string[] = []
  for (let start = 0; start < bytes.length; start += PART) {
    let binary = ''
    const part = bytes.subarray(start, start + PART)
    for (let i = 0; i < part.length; i += 8192) binary += String.fromCharCode(...part.subarray(i, i + 8192))
    parts.push(btoa(binary))
  }
  return parts
}

function fromBase64(parts: readonly string[]): Uint8Array {
  const pieces = parts.map((part) => Uint8Array.from(atob(part), (char) => char.charCodeAt(0)))
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}
