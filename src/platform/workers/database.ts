import { drizzle } from 'drizzle-orm/d1'
import type { Database } from '../../store/database.ts'
import type { D1Database, D1Statement } from './bindings.ts'
import { describeFailure } from './describe-failure.ts'

/** D1: a commit is one batch, which is carried out whole or not at all. `count` is told of every statement. */
export function openD1(d1: D1Database, count: () => void = () => {}): Database {
  const prepare = (sql: string) => {
    count()
    return d1.prepare(sql)
  }
  // Of D1 Drizzle calls only this; and it types each driver on its own, where the store needs what both answer.
  const reading = { prepare: (sql: string) => describing(prepare(sql)) }
  return {
    db: drizzle(reading as never) as unknown as Database['db'],
    async commit(statements) {
      if (statements.length === 0) return []
      const results = await described(d1.batch(statements.map(({ sql, params }) => prepare(sql).bind(...params))))
      return results.map((result) => result.results ?? [])
    },
  }
}

/** What Drizzle does with a statement, with failures that say what to do. */
function describing(statement: D1Statement): D1Statement {
  return {
    bind: (...values) => describing(statement.bind(...values)),
    all: () => described(statement.all()),
    run: () => described(statement.run()),
    raw: () => described(statement.raw()),
  }
}

async function described<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw describeFailure(error)
  }
}
