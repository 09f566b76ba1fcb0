import { escapeCardText } from './card-text.ts'
import { type ExportedNumber, type ExportedPerson, numbersOf, pointsOf } from './exported-person.ts'
import { OWN } from './read-card-person.ts'
import { writeCard } from './write-card-lines.ts'

/**
 * People as address cards that the import reads back as they are: vCard 4.0 (RFC 6350), which has a place for languages
 * and extensions. What no property stands for is in properties that begin with `X-TOCSIN`.
 */
export function writePeopleCards(people: readonly ExportedPerson[]): string {
  return people.map((person) => writeCard('4.0', linesOf(person))).join('')
}

function linesOf(person: ExportedPerson): string[] {
  const text = (name: string, value: string | null | undefined) => (value ? [`${name}:${escapeCardText(value)}`] : [])
  const labelled = [
    ...numbersOf(person).map((number) => ({ line: writeNumber(number), label: number.label })),
    ...pointsOf(person, 'email').map(({ address, label }) => ({ line: `EMAIL:${escapeCardText(address)}`, label })),
    ...pointsOf(person, 'webhook').map(({ address, label }) => ({ line: `${OWN.webhook}:${address}`, label })),
  ]
  return [
    ...text('UID;VALUE=text', person.externalId),
    ...text('FN', person.name),
    ...labelled.flatMap(({ line, label }, at) => [
      `item${at + 1}.${line}`,
      `item${at + 1}.X-ABLabel:${escapeCardText(label)}`,
    ]),
    ...text('LANG', person.language),
    ...text('TZ', person.timeZone),
    ...(person.groups.length > 0 ? [`CATEGORIES:${person.groups.map(escapeCardText).join(',')}`] : []),
    ...text('ROLE', person.duty),
    ...text(OWN.reportsTo, person.reportsTo),
    ...person.deputies.flatMap((deputy) => text(OWN.deputy, deputy)),
  ]
}

const TYPES = {
  mobile: 'TYPE="cell,voice,text"',
  phone: 'TYPE=voice',
  callOnly: `TYPE=voice;${OWN.use}=call`,
  textOnly: `TYPE=text;${OWN.use}=text`,
} as const

function writeNumber({ role, address, extension }: ExportedNumber): string {
  return `TEL;VALUE=uri;${TYPES[role]}:tel:${address}${extension === null ? '' : `;ext=${extension}`}`
}
