import { SQL, StringChunk, sql } from 'drizzle-orm'
import { type BaseSQLiteDatabase, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import type { Commit, Rows, Statement } from '../application/ports/statement.ts'

/** What the store needs of a database; better-sqlite3 and D1 differ in nothing else. */
export interface Database {
  /** For reading by Drizzle's builders. */
  db: BaseSQLiteDatabase<'async', unknown>
  /** All or nothing: one immediate transaction, or one D1 batch. */
  commit: Commit
}

const dialect = new SQLiteSyncDialect()

/** A statement from SQL text; values are bound, never pasted. */
export function statement(query: SQL): Statement {
  const params: unknown[] = []
  const text = writePlain(query, params)
  if (text !== null) return { sql: text, params }
  const { sql: written, params: bound } = dialect.sqlToQuery(query)
  return { sql: written, params: bound }
}

/** What stands before a value with which something is compared. */
const COMPARED = /[=<>]\s*$/

/**
 * What Drizzle writes for text, plain values and nested pieces of these, in a tenth of the time; null where there is
 * anything else in it, such as a table's column.
 *
 * A value that is compared is bound in a select of its own: SQLite plans by the bare value that a column is compared with,
 * and so makes its plan anew for every other value, which takes many times as long as carrying it out
 * (https://www.sqlite.org/queryplanner-ng.html#qpstab).
 */
function writePlain(query: SQL, params: unknown[]): string | null {
  let text = ''
  for (const chunk of query.queryChunks) {
    if (chunk instanceof StringChunk) {
      text += chunk.value.join('')
    } else if (chunk instanceof SQL) {
      const inner = writePlain(chunk, params)
      if (inner === null) return null
      text += inner
    } else if (chunk === null || typeof chunk === 'string' || typeof chunk === 'number') {
      params.push(chunk)
      text += COMPARED.test(text) ? '(select ?)' : '?'
    } else {
      return null
    }
  }
  return text
}

/**
 * A query that is built and prepared at its first use and then kept: for reads at every message or callback, where
 * building it by Drizzle takes many times as long as what it asks for.
 */
export function prepareOnce<Query>(build: () => { prepare(): Query }): () => Query {
  let query: Query | null = null
  return () => {
    query ??= build().prepare()
    return query
  }
}

/** A statement from one of Drizzle's builders. */
export function built(query: { toSQL(): { sql: string; params: unknown[] } }): Statement {
  return query.toSQL()
}

/** Rows by SQL text, for reads that the builders cannot say well. */
export async function rowsOf(database: Database, query: SQL): Promise<Rows> {
  const [rows] = await database.commit([statement(query)])
  return rows ?? []
}

/**
 * A statement that fails its whole commit unless the condition holds, where half of the commit would be worse than none.
 * It is evaluated when it is reached, so it stands before what changes the condition.
 */
export function failUnless(condition: SQL): Statement {
  return statement(sql`select json(case when ${condition} then 'null' else 'a condition of this commit' end)`)
}

/** Characters of JSON per bound value: D1 takes 2 MB, and a character takes up to 3 bytes. */
const JSON_LIMIT = 600_000

/**
 * Splits rows into JSON texts that fit one bound value each, for `json_each`:
 * D1 binds at most 100 values per statement, and one statement per row is a hundred times slower.
 */
export function inJsonChunks(rows: readonly unknown[]): string[] {
  const chunks: string[] = []
  let parts: string[] = []
  let size = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (size + text.length > JSON_LIMIT && parts.length > 0) {
      chunks.push(`[${parts.join(',')}]`)
      parts = []
      size = 0
    }
    parts.push(text)
    size += text.length + 1
  }
  if (parts.length > 0) chunks.push(`[${parts.join(',')}]`)
  return chunks
}

/**
 * The rows of such a text as values `v`, to select from. Its limit limits nothing: without one SQLite writes each row
 * out again for every value that is taken from it, which makes a large insert take half as long again.
 */
export function rowsIn(json: string): SQL {
  return sql`(select value as v from json_each(${json}) limit -1)`
}

/** A list of texts as something that `in` accepts, in one bound value. */
export function listOf(values: readonly (string | number)[]): SQL {
  return sql`(select value from json_each(${JSON.stringify(values)}))`
}
