import { each, type Steps } from '../steps.ts'
import { addressKeys, noAddress } from './contact-key.ts'
import type { KnownPerson } from './merge-person.ts'
import { normalizeName } from './normalize-name.ts'
import type { PersonDraft } from './person.ts'

export type DoubtCode =
  | 'person.same_name'
  | 'person.same_address'
  | 'person.several_matches'
  | 'person.other_external_id'

export interface DoubtfulMatch {
  known: KnownPerson
  doubt: { code: DoubtCode; reason: string }
}

/** The first of those who share something, and the first of them without an external id: no list grows with a crowd. */
interface Firsts {
  any: KnownPerson
  withoutId?: KnownPerson
}

/**
 * Finds known people whom a draft resembles too little to be taken for them: by name alone, or by an address alone of
 * somebody who has no row of their own in the file (a shared phone is no doubt when its other owner is accounted for).
 *
 * @param claims the known people who have a row, with that row.
 */
export function* makeDoubter(
  people: KnownPerson[],
  claims: ReadonlyMap<KnownPerson, { person?: PersonDraft }>,
): Steps<(draft: PersonDraft) => DoubtfulMatch | undefined> {
  const byName = new Map<string, Firsts>()
  const byAddress = new Map<string, Firsts>()
  yield* each(people, 1_000, (known) => {
    const name = normalizeName(known.name)
    const claimedBy = claims.get(known)?.person
    const hasId = Boolean(claimedBy?.externalId ?? known.externalId)
    if (!claimedBy || normalizeName(claimedBy.name) === name) noteFirst(byName, name, known, hasId)
    if (claimedBy) return
    for (const key of addressKeys(known.contactPoints)) if (key !== noAddress) noteFirst(byAddress, key, known, hasId)
  })

  return (draft) => {
    const namesake = pickFirst(byName.get(normalizeName(draft.name)), draft)
    if (namesake) return { known: namesake, doubt: describeDoubt('person.same_name', draft, namesake) }
    for (const key of addressKeys(draft.contactPoints)) {
      const neighbour = pickFirst(byAddress.get(key), draft)
      if (neighbour) return { known: neighbour, doubt: describeDoubt('person.same_address', draft, neighbour) }
    }
    return undefined
  }
}

export function describeDoubt(code: DoubtCode, draft: PersonDraft, known: KnownPerson): DoubtfulMatch['doubt'] {
  return { code, reason: sentences[code](draft.name, known.name) }
}

const sentences: Record<DoubtCode, (draft: string, known: string) => string> = {
  'person.same_name': (draft) => `${draft} is known, but with other addresses. Is it the same person?`,
  'person.same_address': (draft, known) => `${draft} has an address of ${known}. Is it the same person?`,
  'person.several_matches': (draft) => `Several people known as ${draft} have these addresses. Which of them is it?`,
  'person.other_external_id': (draft) =>
    `${draft} is known with the same address but another external id. Is it the same person?`,
}

function noteFirst(index: Map<string, Firsts>, key: string, known: KnownPerson, hasId: boolean): void {
  const firsts = index.get(key) ?? { any: known }
  if (!hasId) firsts.withoutId ??= known
  index.set(key, firsts)
}

/** A draft that comes here has no external id or an unknown one, so it cannot be someone who has one of their own. */
function pickFirst(firsts: Firsts | undefined, draft: PersonDraft): KnownPerson | undefined {
  return draft.externalId ? firsts?.withoutId : firsts?.any
}
