import { Problem } from '../errors.ts'
import { type ColumnRole, foldHeader, isColumnRole, roleOf } from './column-names.ts'

/** What somebody says that columns hold: by their header, or by their number from 1; `ignore` for not to be read. */
export type ColumnCorrections = Readonly<Record<string, string>>

/**
 * The corrected columns by position; null for those that are not to be read.
 *
 * @throws Problem `import.unknown_column`, `import.unknown_role`
 */
export function correctColumns(headers: string[], corrections: ColumnCorrections): Map<number, ColumnRole | null> {
  const corrected = new Map<number, ColumnRole | null>()
  for (const [column, said] of Object.entries(corrections)) {
    const role = readRole(said)
    if (role === undefined) {
      const message = `"${said}" is nothing that a column can hold. Say one such as name, mobile, email, groups, or ignore.`
      throw new Problem('invalid', 'import.unknown_role', message, { field: 'columns' })
    }
    const named = headers.flatMap((header, index) => (isSame(header, column) ? [index] : []))
    const position = /^\d{1,4}$/.test(column) ? Number(column) - 1 : -1
    const meant = named.length > 0 ? named : position in headers ? [position] : []
    if (meant.length === 0) {
      const message = `The file has no column "${column.slice(0, 60)}".`
      throw new Problem('invalid', 'import.unknown_column', message, { field: 'columns' })
    }
    for (const index of meant) corrected.set(index, role)
  }
  return corrected
}

function readRole(said: string): ColumnRole | null | undefined {
  if (/^(?:ignore|-|)$/i.test(said.trim())) return null
  return isColumnRole(said) ? said : roleOf(said)
}

function isSame(header: string, said: string): boolean {
  return (
    header.trim() === said.trim() || (foldHeader(said) !== '' && header.trim().toLowerCase() === said.toLowerCase())
  )
}
