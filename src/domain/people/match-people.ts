import { each, type Steps } from '../steps.ts'
import { addressKeys } from './contact-key.ts'
import { type DoubtCode, describeDoubt, makeDoubter } from './doubt-match.ts'
import { type KnownPerson, mergePerson } from './merge-person.ts'
import { normalizeName } from './normalize-name.ts'
import type { PersonDraft } from './person.ts'

export interface MatchedRow {
  known: KnownPerson
  /** Likeness that is not enough: a human must say whether it is this person. */
  doubt?: { code: DoubtCode; reason: string }
  /** Whom it may be about, where there is a doubt. */
  candidates?: KnownPerson[]
  /** The line of another row that is already about this person. */
  takenByLine?: number
}

/** By the line of a row: the known person whom somebody says it is about, or `new`. */
export type Decisions = ReadonlyMap<number, string>

/** Rows or people looked at between two stops. */
const slice = 1_000

interface DraftRow {
  line: number
  person?: PersonDraft
}

/**
 * Finds the known person whom each row is about: by external id, else by the same name with at least one same address.
 * Less than that is a doubt for a human, unless one has decided it already; but two different external ids are two people, and whom one row is about no
 * other row can be. Rows that are missing from the answer are about nobody known.
 */
export function* matchPeople<Row extends DraftRow>(
  rows: Row[],
  people: KnownPerson[],
  decisions: Decisions = new Map(),
): Steps<Map<Row, MatchedRow>> {
  const matches = new Map<Row, MatchedRow>()
  if (people.length === 0) return matches
  const claims = new Map<KnownPerson, Row>()
  const claim = (row: Row, known: KnownPerson) => {
    const holder = claims.get(known)
    if (!holder) claims.set(known, row)
    matches.set(row, holder ? { known, takenByLine: holder.line } : { known })
  }

  const byExternalId = new Map<string, KnownPerson>()
  for (const known of people) if (known.externalId) byExternalId.set(known.externalId, known)
  for (const row of rows) {
    const known = row.person?.externalId === undefined ? undefined : byExternalId.get(row.person.externalId)
    if (known) claim(row, known)
  }
  if (decisions.size > 0) {
    const byId = new Map(people.map((known) => [known.id, known]))
    for (const row of rows) {
      const known = byId.get(decisions.get(row.line) ?? '')
      if (known && !matches.has(row)) claim(row, known)
    }
  }

  const mayBe = (draft: PersonDraft, known: KnownPerson) => {
    const externalId = claims.get(known)?.person?.externalId ?? known.externalId
    return !draft.externalId || !externalId || draft.externalId === externalId
  }
  const isOpen = (row: Row): row is Row & { person: PersonDraft } => !!row.person && decisions.get(row.line) !== 'new'
  const unmatched = () => rows.filter((row): row is Row & { person: PersonDraft } => isOpen(row) && !matches.has(row))
  const alike = yield* indexAlike(people.filter((known) => keepsName(known, claims.get(known)?.person)))
  // A row that says of somebody just what is known goes before one that only resembles them: what a file has made of people
  // it finds again, whatever else of the file fits them by now.
  yield* each(unmatched(), slice, (row) => {
    const same = alike(row.person).filter(
      (known) => mayBe(row.person, known) && !claims.has(known) && saysNothingNew(known, row.person),
    )
    if (same[0] && same.length === 1) claim(row, same[0])
  })
  yield* each(unmatched(), slice, (row) => {
    const candidates = alike(row.person).filter((known) => mayBe(row.person, known))
    const free = candidates.filter((known) => !claims.has(known))
    const known = free[0] ?? candidates[0]
    if (known && free.length <= 1) claim(row, known)
  })
  yield* each(unmatched(), slice, (row) => {
    const free = alike(row.person).filter((known) => mayBe(row.person, known) && !claims.has(known))
    if (!free[0]) return
    if (free.length === 1) claim(row, free[0])
    else
      matches.set(row, {
        known: free[0],
        candidates: free,
        doubt: describeDoubt('person.several_matches', row.person, free[0]),
      })
  })

  const doubtful = yield* makeDoubter(people, claims)
  yield* each(unmatched(), slice, (row) => {
    const other = alike(row.person).find((known) => !claims.has(known))
    const match = other
      ? { known: other, doubt: describeDoubt('person.other_external_id', row.person, other) }
      : doubtful(row.person)
    if (match) matches.set(row, match)
  })
  return matches
}

function saysNothingNew(known: KnownPerson, draft: PersonDraft): boolean {
  return mergePerson(known, draft).fields.length === 0
}

/** Someone whom their external id gives to a row of another name can be recognised by the old name no longer. */
function keepsName(known: KnownPerson, claimedBy: PersonDraft | undefined): boolean {
  return !claimedBy || normalizeName(claimedBy.name) === normalizeName(known.name)
}

function* indexAlike(people: KnownPerson[]): Steps<(draft: PersonDraft) => KnownPerson[]> {
  const byNameAndAddress = new Map<string, KnownPerson[]>()
  const keysOf = (person: KnownPerson | PersonDraft) => {
    const name = normalizeName(person.name)
    return Array.from(addressKeys(person.contactPoints), (key) => `${name} ${key}`)
  }
  yield* each(people, slice, (known) => {
    for (const key of keysOf(known)) {
      const others = byNameAndAddress.get(key)
      if (others) others.push(known)
      else byNameAndAddress.set(key, [known])
    }
  })
  return (draft) => [...new Set(keysOf(draft).flatMap((key) => byNameAndAddress.get(key) ?? []))]
}
