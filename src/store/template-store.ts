import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { TemplateStore } from '../application/ports/template-store.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { type Database, statement } from './database.ts'
import { templates } from './schema/templates.ts'

const columns = { id: templates.id, version: templates.version, content: templates.content }

export function createTemplateStore({ db }: Database): TemplateStore {
  return {
    async list({ cursor, limit }) {
      const [name] = decodeCursor(cursor, 1) ?? []
      const where = and(isNull(templates.removedAt), name === undefined ? undefined : gt(templates.name, name))
      const rows = await db
        .select(columns)
        .from(templates)
        .where(where)
        .orderBy(asc(templates.name))
        .limit(limit + 1)
      return pageOf(rows, limit, (template) => encodeCursor([template.content.name]))
    },
    async find(idOrName) {
      const [row] = await db
        .select(columns)
        .from(templates)
        .where(and(or(eq(templates.id, idOrName), eq(templates.name, idOrName)), isNull(templates.removedAt)))
      return row ?? null
    },
    save: ({ id, version, content }, now) =>
      version === 1
        ? statement(sql`insert into templates (id, version, name, content, updated_at)
            values (${id}, 1, ${content.name}, ${JSON.stringify(content)}, ${now}) returning id`)
        : statement(sql`update templates set version = ${version}, name = ${content.name},
            content = ${JSON.stringify(content)}, updated_at = ${now}
            where id = ${id} and version = ${version - 1} and removed_at is null returning id`),
    remove: (id, version, now) =>
      statement(sql`update templates set removed_at = ${now} where id = ${id} and version = ${version} and removed_at is null
        returning id`),
  }
}
