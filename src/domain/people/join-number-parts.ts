import { foldHeader } from './column-names.ts'
import type { Column } from './guess-columns.ts'
import type { RowProblem } from './row-problem.ts'
import { unguardCell } from './unguard-cell.ts'

type PartKind = 'country' | 'area' | 'extension'

/** A column that holds a part of the numbers in another. */
export interface NumberPart {
  index: number
  header: string
  kind: PartKind
  /** Position of the column of the numbers; null when it may be of several, or of one far away. */
  of: number | null
}

const names = new Map(
  Object.entries({
    country: `countrycode dialcode dialingcode diallingcode phonecountrycode phoneprefix landesvorwahl landervorwahl
      indicatif indicatifpays prefijopais codigopais codigodepais`,
    area: 'areacode phoneareacode vorwahl ortsvorwahl stdcode indicatifregional codigoarea codigodearea prefijo',
    extension: `ext extn extension phoneext phoneextension durchwahl nebenstelle klappe poste postetelephonique anexo
      extensiontelefonica`,
  }).flatMap(([kind, list]) => list.split(/\s+/).map((name) => [name, kind as PartKind])),
)

/** The columns that hold parts of numbers, among those that are not read otherwise. */
export function findNumberParts(
  unknown: readonly { header: string; index: number }[],
  columns: readonly Column[],
): NumberPart[] {
  const found = unknown.flatMap(({ header, index }) => {
    const kind = names.get(foldHeader(header))
    return kind ? [{ header, index, kind }] : []
  })
  const parts = new Set(found.map(({ index }) => index))
  const numbers = new Set(columns.flatMap(({ role, index }) => (phoneRoles.includes(role) ? [index] : [])))
  return found.map((part) => {
    const beside = [1, -1].flatMap((step) => {
      let at = part.index + step
      while (parts.has(at)) at += step
      return numbers.has(at) ? [at] : []
    })
    return { ...part, of: beside.length === 1 ? (beside[0] ?? null) : null }
  })
}

const phoneRoles: readonly string[] = ['mobile', 'phone', 'callOnly', 'textOnly']

/** The cells of a row with each number made whole, and a problem where it cannot be said of which number a part is. */
export function joinNumberParts(
  cells: readonly string[],
  parts: readonly NumberPart[],
  columns: readonly Column[],
): { cells: string[]; problem?: RowProblem } {
  const joined = [...cells]
  const read = (index: number) => unguardCell(joined[index] ?? '').trim()
  for (const kind of ['extension', 'area', 'country'] as const) {
    for (const part of parts.filter((one) => one.kind === kind)) {
      // A country may also be written in letters, which say nothing of a number.
      const digits = read(part.index).replace(/[\s()]/g, '')
      if (!/^\+?\d{1,8}$/.test(digits)) continue
      if (part.of === null) {
        if (!columns.some(({ role, index }) => phoneRoles.includes(role) && read(index) !== '')) continue
        const reason = `To which number does the ${part.header} ${digits} belong? Write it into the cell of the number.`
        return { cells: joined, problem: { field: 'phone', code: 'phone.review', reason, severity: 'review' } }
      }
      const number = read(part.of)
      if (number !== '') joined[part.of] = join(kind, digits, number)
    }
  }
  return { cells: joined }
}

function join(kind: PartKind, digits: string, number: string): string {
  if (kind === 'extension') return /[a-z#;]/i.test(number) ? number : `${number} ext ${digits}`
  if (/^\(?\s*(?:\+|00)/.test(number)) return number
  if (kind === 'country') return `+${digits.replace(/^(?:\+|00)/, '')} ${number}`
  return number.replace(/\D/g, '').startsWith(digits.replace(/\D/g, '')) ? number : `${digits} ${number}`
}
