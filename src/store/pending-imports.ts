import { asc, eq, sql } from 'drizzle-orm'
import type { PeopleStore } from '../application/ports/people-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { built, type Database, failUnless, statement } from './database.ts'
import { BASIS } from './people-basis.ts'
import { importParts, imports } from './schema/people.ts'

type Pending = Pick<PeopleStore, 'import' | 'importPieces' | 'saveImport' | 'saveImportPiece' | 'markImportApplied'>

/** What was read of previewed files, kept sealed until it is applied or can be no longer. */
export function createPendingImports({ db }: Database, vault: Vault): Pending {
  return {
    async import(id) {
      const [row] = await db.select().from(imports).where(eq(imports.id, id))
      if (!row) return null
      const { basis, refused, treeName, appliedAt } = row
      return { id, basis, refused, treeName, appliedAt }
    },
    async *importPieces(id) {
      const numbers = await db
        .select({ number: importParts.number })
        .from(importParts)
        .where(eq(importParts.importId, id))
        .orderBy(asc(importParts.number))
      for (const { number } of numbers) {
        const [part] = await db
          .select({ sealed: importParts.sealed })
          .from(importParts)
          .where(sql`${importParts.importId} = ${id} and ${importParts.number} = ${number}`)
        if (part) yield vault.open(part.sealed)
      }
    },
    saveImport: (pending) => [
      // People have changed since, and what they were does not come back.
      statement(
        sql`delete from import_parts where import_id in (select id from imports where applied_at is null and basis <> ${BASIS})`,
      ),
      built(db.insert(imports).values(pending)),
    ],
    saveImportPiece: (importId, number, piece) =>
      built(db.insert(importParts).values({ importId, number, sealed: vault.seal(piece) })),
    markImportApplied: (id, now) => [
      failUnless(sql`exists (select 1 from imports where id = ${id} and applied_at is null)`),
      statement(sql`update imports set applied_at = ${now} where id = ${id} and applied_at is null`),
      statement(sql`delete from import_parts where import_id = ${id}`),
    ],
  }
}
