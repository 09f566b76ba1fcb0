import { sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statement } from '../../src/store/database.ts'
import { recipients } from '../../src/store/schema/alerts.ts'

const dialect = new SQLiteSyncDialect()
const plain = fc.oneof(fc.string(), fc.integer(), fc.constant(null))

describe('a statement', () => {
  test('binds every value where it stands, and no value is ever part of its text', () => {
    fc.assert(
      fc.property(plain, plain, plain, (one, two, three) => {
        const inner = sql`b = ${two} or ${sql.raw('c')} in (${three}, ${one})`
        const { sql: text, params } = statement(
          sql`update t set a = ${one} where (${inner}) and d >= ${three} limit ${two}`,
        )
        expect(text).toBe(
          'update t set a = (select ?) where (b = (select ?) or c in (?, ?)) and d >= (select ?) limit ?',
        )
        expect(params).toEqual([one, two, three, one, three, two])
      }),
    )
  })

  test('with anything but text and plain values is left to the library that knows them', () => {
    const query = sql`select 1 from ${recipients} where ${recipients.id} = ${'x'} and ${recipients.rung} in ${[1, 2]}`
    const { sql: text, params } = dialect.sqlToQuery(query)
    expect(statement(query)).toEqual({ sql: text, params })
  })
})
