import { addressKeys, noAddress } from './contact-key.ts'
import type { KnownPerson } from './merge-person.ts'
import { normalizeName } from './normalize-name.ts'
import type { PersonDraft } from './person.ts'

export type Match =
  | { kind: 'same'; known: KnownPerson }
  | { kind: 'none' }
  | { kind: 'unsure'; known: KnownPerson; code: MatchDoubt; reason: string }

export type MatchDoubt =
  | 'person.same_name'
  | 'person.same_address'
  | 'person.several_matches'
  | 'person.other_external_id'

export interface Matcher {
  byExternalId(draft: PersonDraft): KnownPerson | undefined
  /** For a draft whose external id, if it has one, is not known. */
  byLikeness(draft: PersonDraft): Match
}

/**
 * Finds the known person whom a row is about: by external id, else by the same name with at least one same address.
 * Less than that is a doubt for a human, except that two people with different external ids are different people.
 */
export function makeMatcher(people: KnownPerson[]): Matcher {
  const byId = new Map<string, KnownPerson>()
  const byNameAndAddress = new Map<string, KnownPerson[]>()
  const byName = new Map<string, Firsts>()
  const byAddress = new Map<string, Firsts>()
  for (const known of people) {
    if (known.externalId) byId.set(known.externalId, known)
    const name = normalizeName(known.name)
    noteFirst(byName, name, known)
    for (const key of addressKeys(known.contactPoints)) {
      if (key !== noAddress) noteFirst(byAddress, key, known)
      const alike = byNameAndAddress.get(`${name} ${key}`)
      if (alike) alike.push(known)
      else byNameAndAddress.set(`${name} ${key}`, [known])
    }
  }

  const byLikeness = (draft: PersonDraft): Match => {
    const name = normalizeName(draft.name)
    const keys = [...addressKeys(draft.contactPoints)]
    const alike = new Set(keys.flatMap((key) => byNameAndAddress.get(`${name} ${key}`) ?? []))
    const [only, another] = [...alike].filter((known) => mayBe(draft, known))
    if (only && another) return doubt('person.several_matches', only, draft)
    if (only) return { kind: 'same', known: only }
    const [other] = alike
    if (other) return doubt('person.other_external_id', other, draft)

    const namesake = pickFirst(byName.get(name), draft)
    if (namesake) return doubt('person.same_name', namesake, draft)
    for (const key of keys) {
      const neighbour = pickFirst(byAddress.get(key), draft)
      if (neighbour) return doubt('person.same_address', neighbour, draft)
    }
    return { kind: 'none' }
  }

  return { byExternalId: (draft) => (draft.externalId ? byId.get(draft.externalId) : undefined), byLikeness }
}

/** The first of those who share something, and the first of them without an external id: no list grows with a crowd. */
interface Firsts {
  any: KnownPerson
  withoutId?: KnownPerson
}

function noteFirst(index: Map<string, Firsts>, key: string, known: KnownPerson): void {
  const firsts = index.get(key) ?? { any: known }
  if (!known.externalId) firsts.withoutId ??= known
  index.set(key, firsts)
}

function pickFirst(firsts: Firsts | undefined, draft: PersonDraft): KnownPerson | undefined {
  return draft.externalId ? firsts?.withoutId : firsts?.any
}

/** A draft that comes here has no external id or an unknown one, so it cannot be someone who has one of their own. */
function mayBe(draft: PersonDraft, known: KnownPerson): boolean {
  return !draft.externalId || !known.externalId
}

function doubt(code: MatchDoubt, known: KnownPerson, draft: PersonDraft): Match {
  return { kind: 'unsure', known, code, reason: sentences[code](draft.name, known.name) }
}

const sentences: Record<MatchDoubt, (draft: string, known: string) => string> = {
  'person.same_name': (draft) => `${draft} is known, but with other addresses. Is it the same person?`,
  'person.same_address': (draft, known) => `${draft} has an address of ${known}. Is it the same person?`,
  'person.several_matches': (draft) => `Several people known as ${draft} have these addresses. Which of them is it?`,
  'person.other_external_id': (draft) =>
    `${draft} is known with the same address but another external id. Is it the same person?`,
}
