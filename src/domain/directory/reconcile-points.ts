import { contactKey } from '../people/contact-key.ts'
import type { ContactKind, ContactPointDraft } from '../people/person.ts'

interface KnownPoint {
  id: string
  kind: ContactKind
  address: string
  extension: string | null
}

/** What becomes of the contact points of a person when a directory says which there are. */
export interface Reconciled<Point> {
  kept: Point[]
  added: ContactPointDraft[]
}

/**
 * A directory adds what it names and takes back only what it brought itself. It takes the numbers back only when it names
 * another number, and the mail addresses only for another address: a mapping that got lost, or a directory that was
 * emptied, must not leave people whom nothing reaches.
 *
 * @param brought ids of the contact points that the directory brought
 */
export function reconcilePoints<Point extends KnownPoint>(
  present: readonly Point[],
  given: readonly ContactPointDraft[],
  brought: ReadonlySet<string>,
): Reconciled<Point> {
  const named = new Set(given.map(contactKey))
  const kinds = new Set(given.map(kindOf))
  const kept = present.filter(
    (point) => !brought.has(point.id) || named.has(contactKey(point)) || !kinds.has(kindOf(point)),
  )
  const known = new Set(present.map(contactKey))
  return { kept, added: given.filter((point) => !known.has(contactKey(point))) }
}

function kindOf({ kind }: { kind: ContactKind }): 'phone' | 'other' {
  return kind === 'sms' || kind === 'voice' ? 'phone' : 'other'
}
