import type { Page } from '../application/ports/page.ts'
import { Problem } from '../domain/errors.ts'

/** Packs the sort values of the last item into an opaque text. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return btoa(encodeURIComponent(JSON.stringify(values)))
}

/** Null for the first page. A cursor that this service did not make is refused. */
export function decodeCursor(cursor: string | null, length: number): string[] | null {
  if (cursor === null) return null
  try {
    const values: unknown = JSON.parse(decodeURIComponent(atob(cursor)))
    if (Array.isArray(values) && values.length === length) return values.map(String)
  } catch {
    // Falls through to the refusal, which names the field.
  }
  throw new Problem('invalid', 'page.cursor', 'The cursor is not one that this service gave.', { field: 'cursor' })
}

/** A page from one row more than was asked for. */
export function pageOf<Item>(rows: Item[], limit: number, cursorOf: (item: Item) => string): Page<Item> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
