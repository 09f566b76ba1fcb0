import { normalizeName } from '../people/normalize-name.ts'
import { each, type Steps } from '../steps.ts'

export interface Referable {
  id: string
  externalId?: string
  name: string
}

export type Lookup =
  | { found: 'one'; id: string }
  | { found: 'none'; reference: string }
  | { found: 'several'; reference: string }

export interface PeopleIndex {
  lookUp(reference: string): Lookup
  /** As `lookUp`, for a text that may also name several people, joined by commas. */
  lookUpAll(reference: string): Lookup[]
}

/** Finds people by external id, else by name without regard to case and accents. */
export function* indexPeople(people: Iterable<Referable>): Steps<PeopleIndex> {
  const byExternalId = new Map<string, string>()
  const byName = new Map<string, Set<string>>()
  yield* each(people, 2_000, (person) => {
    if (person.externalId !== undefined) byExternalId.set(person.externalId, person.id)
    const name = normalizeName(person.name)
    const namesakes = byName.get(name)
    if (namesakes) namesakes.add(person.id)
    else byName.set(name, new Set([person.id]))
  })

  const lookUp = (reference: string): Lookup => {
    const id = byExternalId.get(reference.trim())
    if (id !== undefined) return { found: 'one', id }
    const [first, ...others] = byName.get(normalizeName(reference)) ?? []
    if (first === undefined) return { found: 'none', reference }
    return others.length === 0 ? { found: 'one', id: first } : { found: 'several', reference }
  }

  const lookUpAll = (reference: string): Lookup[] => {
    const whole = lookUp(reference)
    if (whole.found !== 'none' || !reference.includes(',')) return [whole]
    const parts = reference.split(',').filter((part) => part.trim() !== '')
    return parts.map((part) => lookUp(part.trim()))
  }

  return { lookUp, lookUpAll }
}
