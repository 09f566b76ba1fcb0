import { Problem } from '../../domain/errors.ts'

/** Whether another program holds the database at the moment. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

/**
 * What a person can do about a write that the database or its disk did not take; anything else stays as it is. SQLite
 * has then taken back the whole commit (https://www.sqlite.org/rescode.html: a full disk is SQLITE_FULL, a quota and a
 * limit of the process are SQLITE_IOERR_WRITE).
 */
export function describeFailure(error: unknown): unknown {
  const code = codeOf(error)
  const nothing = 'Nothing of this was written.'
  if (isBusy(error)) {
    return new Problem('unavailable', 'database.busy', `Another program holds the database. ${nothing} Ask again.`)
  }
  if (code === 'SQLITE_FULL') {
    return new Problem(
      'full',
      'disk.full',
      `The disk of this service is full. ${nothing} Make room for TOCSIN_DATA and ask again; no restart is needed.`,
    )
  }
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY)/.test(code)) {
    return new Problem(
      'unavailable',
      'disk.failing',
      `The disk of this service does not take what is written. ${nothing} Check its room, quota and health (TOCSIN_DATA).`,
    )
  }
  return error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
