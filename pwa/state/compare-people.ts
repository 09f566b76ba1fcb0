import type { PersonView } from '../../src/contract/people.ts'
import { personTexts } from '../texts-person.ts'

type Field = keyof typeof personTexts.history.fields

/** What is different between two states of a person, in the words of the page. */
export function comparePeople(before: PersonView, after: PersonView): string[] {
  const words = personTexts.history
  const fields = Object.keys(words.fields) as Field[]
  return fields.flatMap((field) => {
    const [from, to] = [say(before, field), say(after, field)]
    return from === to ? [] : words.changed(words.fields[field], from || words.nothing, to || words.nothing)
  })
}

function say(person: PersonView, field: Field): string {
  if (field === 'groups') return person.groups.join(', ')
  if (field !== 'contactPoints') return person[field] ?? ''
  // One number that is both texted and called is one to the reader.
  const addresses = person.contactPoints
    .filter(({ kind }) => kind !== 'push')
    .map(({ address, extension }) => (extension ? `${address} ext. ${extension}` : address))
  return [...new Set(addresses)].join(', ')
}
