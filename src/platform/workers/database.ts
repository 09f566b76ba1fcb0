import { drizzle } from 'drizzle-orm/d1'
import type { Database } from '../../store/database.ts'
import type { D1Database } from './bindings.ts'

/** D1: a commit is one batch, which is carried out whole or not at all. `count` is told of every statement. */
export function openD1(d1: D1Database, count: () => void = () => {}): Database {
  const counted: D1Database = {
    prepare(sql) {
      count()
      return d1.prepare(sql)
    },
    batch: (statements) => d1.batch(statements),
  }
  return {
    // Of D1 Drizzle calls only these two; and it types each driver on its own, where the store needs what both answer.
    db: drizzle(counted as never) as unknown as Database['db'],
    async commit(statements) {
      if (statements.length === 0) return []
      const results = await d1.batch(statements.map(({ sql, params }) => counted.prepare(sql).bind(...params)))
      return results.map((result) => result.results ?? [])
    },
  }
}
