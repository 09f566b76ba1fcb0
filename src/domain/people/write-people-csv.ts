import { writeCell } from '../write-cell.ts'
import { type ExportedNumber, type ExportedPerson, numbersOf, pointsOf } from './exported-person.ts'

/** Parts several values of a cell for certain, whatever they hold. */
const BETWEEN = ' ::: '
const HEADERS = { mobile: 'mobile', phone: 'phone', callOnly: 'call only', textOnly: 'text only' } as const

type Role = ExportedNumber['role']
interface Labelled {
  value: string
  label: string
}

/**
 * People as a file that the import reads back as it is (RFC 4180, with a byte-order mark so that spreadsheets read it as
 * UTF-8). Devices and contact points that are gone are left out: only their owner can bring them back.
 *
 * Numbers that are only called or only texted have columns of their own, and a column comes twice where somebody's
 * numbers stand in another order.
 */
export function writePeopleCsv(people: readonly ExportedPerson[]): string {
  const roles: Role[] = ['mobile', 'phone']
  const placed = people.map((person) => placeNumbers(numbersOf(person), roles))
  const header = [
    'id',
    'name',
    ...[...roles.map((role) => HEADERS[role]), 'email', 'webhook'].flatMap((name) => [name, `${name} label`]),
    ...['language', 'time zone', 'groups', 'duty', 'reports to', 'deputy'],
  ]
  const lines = people.map((person, at) => {
    const numbers = roles.map((_, column) => placed[at]?.get(column) ?? [])
    const others = (['email', 'webhook'] as const).map((kind) =>
      pointsOf(person, kind).map(({ address, label }) => ({ value: address, label })),
    )
    return [
      person.externalId ?? '',
      person.name,
      ...[...numbers, ...others].flatMap((values) => [
        values.map(({ value }) => value).join(BETWEEN),
        values.map(({ label }) => label.replace(/:{3,}/g, ':')).join(BETWEEN),
      ]),
      person.language,
      person.timeZone ?? '',
      writeList(person.groups),
      person.duty ?? '',
      person.reportsTo ?? '',
      writeList(person.deputies),
    ]
  })
  return `\uFEFF${[header, ...lines].map((cells) => cells.map(writeCell).join(',')).join('\r\n')}\r\n`
}

/** Puts numbers into columns from left to right, and adds columns where there is none for the next. */
function placeNumbers(numbers: readonly ExportedNumber[], roles: Role[]): Map<number, Labelled[]> {
  const placed = new Map<number, Labelled[]>()
  let from = 0
  for (const { role, address, extension, label } of numbers) {
    const next = roles.indexOf(role, from)
    const column = next < 0 ? roles.push(role) - 1 : next
    const value = extension === null ? address : `${address} ext. ${extension}`
    placed.set(column, [...(placed.get(column) ?? []), { value, label }])
    from = column
  }
  return placed
}

/** A single value that looks like a list gets a separator behind it, so that nothing else parts it. */
function writeList(values: readonly string[]): string {
  const [only] = values
  if (values.length === 1 && only !== undefined && /[;,|\n]/.test(only)) return `${only}${BETWEEN}`.trimEnd()
  return values.join(BETWEEN)
}
