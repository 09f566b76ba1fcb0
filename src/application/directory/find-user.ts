import type { Deps } from '../deps.ts'
import type { DirectoryUser } from '../ports/directory-store.ts'
import { unknownResource } from './try-again.ts'

/** @throws Problem `directory.unknown` */
export async function findVisible(deps: Deps, id: string): Promise<DirectoryUser> {
  const row = await deps.store.directory.user({ id })
  if (!row || isHidden(row)) throw unknownResource()
  return row
}

/** What the directory deleted itself, and whom a human took out. */
export function isHidden(row: DirectoryUser): boolean {
  return row.state === 'deleted' || isTakenOutByHuman(row)
}

/** The directory says that they are there, so it was somebody else who took them out. */
export function isTakenOutByHuman(row: DirectoryUser): boolean {
  return row.state === 'active' && !row.present
}
