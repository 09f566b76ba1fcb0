import { writeCell } from '../write-cell.ts'
import type { ContactKind, ContactStatus } from './person.ts'

interface Exported {
  externalId: string | null
  name: string
  language: string
  timeZone: string | null
  groups: readonly string[]
  duty: string | null
  contactPoints: readonly { kind: ContactKind; address: string; extension: string | null; status: ContactStatus }[]
}

const COLUMNS = ['id', 'name', 'mobile', 'phone', 'email', 'webhook', 'language', 'time zone', 'groups', 'duty']
/** Parts several values of a cell for certain, whatever they hold. */
const BETWEEN = ' ::: '

/**
 * People as a file that the import reads back as it is (RFC 4180, with a byte-order mark so that spreadsheets read it as
 * UTF-8). Devices and contact points that are gone are left out: only their owner can bring them back.
 */
export function writePeopleCsv(people: readonly Exported[]): string {
  const lines = people.map((person) => {
    const points = person.contactPoints.filter(({ status }) => status !== 'gone')
    const of = (kind: ContactKind) => points.filter((point) => point.kind === kind)
    const texts = new Set(of('sms').map(({ address }) => address))
    const numbers = of('voice').filter(({ address }) => !texts.has(address))
    return [
      person.externalId ?? '',
      person.name,
      [...texts].join(BETWEEN),
      numbers.map(({ address, extension }) => (extension ? `${address} ext. ${extension}` : address)).join(BETWEEN),
      ...(['email', 'webhook'] as const).map((kind) =>
        of(kind)
          .map(({ address }) => address)
          .join(BETWEEN),
      ),
      person.language,
      person.timeZone ?? '',
      person.groups.join(BETWEEN),
      person.duty ?? '',
    ].map(writeCell)
  })
  return `\uFEFF${[COLUMNS, ...lines].map((cells) => cells.join(',')).join('\r\n')}\r\n`
}
