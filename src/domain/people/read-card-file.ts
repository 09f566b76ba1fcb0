import { Problem } from '../errors.ts'
import { each, type Steps } from '../steps.ts'
import type { PersonRow, RowReaders } from './assemble-person.ts'
import { unescapeCardText } from './card-text.ts'
import { isGarbled } from './find-garbling.ts'
import { nameOf, readCardPerson } from './read-card-person.ts'
import { type Card, rawValue, readCards } from './read-cards.ts'
import type { RowProblem } from './row-problem.ts'

interface CardRow extends PersonRow {
  line: number
}

/**
 * The people of a file of address cards. A card that stands for a group gives its name to its members instead.
 *
 * @throws Problem `import.empty` when no card of it is about a person; `import.too_many_rows`
 */
export function* readCardFile(
  text: string,
  options: { region: string; mostRows: number; readers: RowReaders },
): Steps<CardRow[]> {
  const cards: Card[] = []
  yield* each(readCards(text.replace(/\r\n?/g, '\n')), 500, (card) => {
    cards.push(card)
  })
  const people = cards.filter((card) => !isGroup(card))
  if (people.length === 0) {
    throw new Problem('invalid', 'import.empty', 'No card of this file is about a person.', { field: 'file' })
  }
  if (people.length > options.mostRows) {
    const message = `This file has ${people.length} cards, and ${options.mostRows} are taken at once. Part it into several files.`
    throw new Problem('invalid', 'import.too_many_rows', message, { field: 'file' })
  }
  const groups = groupsOf(cards.filter(isGroup))
  const rows: CardRow[] = []
  yield* each(people, 100, (card) => {
    const memberOf = groups.get(plainUid(textOf(card, 'UID'))) ?? []
    const { person, problems } = readCardPerson(card, options.region, options.readers, memberOf)
    const damage = findDamage(card)
    if (damage) problems.unshift(damage)
    rows.push(person ? { line: card.line, person, problems } : { line: card.line, problems })
  })
  return rows
}

function isGroup(card: Card): boolean {
  return [textOf(card, 'KIND'), textOf(card, 'X-ADDRESSBOOKSERVER-KIND')].some((kind) => /^group$/i.test(kind.trim()))
}

/** The names of groups by the UID of each member. */
function groupsOf(cards: Card[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const card of cards) {
    const name = nameOf(card)
    if (name === '') continue
    for (const member of card.properties) {
      if (!/^(?:X-ADDRESSBOOKSERVER-)?MEMBER$/.test(member.name)) continue
      const uid = plainUid(rawValue(member))
      groups.set(uid, [...(groups.get(uid) ?? []), name])
    }
  }
  return groups
}

function plainUid(uid: string): string {
  return unescapeCardText(uid)
    .trim()
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
}

function textOf({ properties }: Card, name: string): string {
  const property = properties.find((candidate) => candidate.name === name)
  return property ? rawValue(property) : ''
}

function findDamage(card: Card): RowProblem | undefined {
  if (card.cut || card.torn) {
    const reason = card.cut
      ? 'This card is never closed: the file is cut or damaged here.'
      : 'A line of this card is broken in two, so that an address may be cut. Export the cards again.'
    return { field: 'row', code: 'card.broken', reason, severity: 'refused' }
  }
  const names = card.properties.filter(({ name }) => /^(?:FN|N|ORG|CATEGORIES|ROLE)$/.test(name))
  const garbled = names.map(rawValue).find(isGarbled)
  if (garbled === undefined) return undefined
  const reason = `"${garbled.trim().slice(0, 60)}" holds letters that an earlier program has destroyed. Export the cards again, as UTF-8.`
  return { field: 'row', code: 'row.garbled', reason, severity: 'review' }
}
