import type { ContactPointDraft, PersonDraft } from '../../domain/people/person.ts'
import type { PeopleFile, PeopleFileRow } from '../../domain/people/read-people-file.ts'

/**
 * Characters of a piece. Sealed it is one value of the database, of which D1 takes 2 MB: a character takes up to three
 * bytes, and sealing makes four of three.
 */
const PIECE = 450_000
/** Another one where what is kept would be understood otherwise than it was meant. */
const BEGINNING = '{"form":1,'

type Head = Omit<PeopleFile, 'rows'> & { count: number }

/** What was read of a file as text, a line for each row, in pieces of which each fits one value of the database. */
export function* writeReading({ rows, ...file }: PeopleFile): Generator<string> {
  let text = BEGINNING + JSON.stringify({ ...file, count: rows.length } satisfies Head).slice(1)
  for (const { line, person, problems } of rows) {
    text += `\n${JSON.stringify([line, person ? packPerson(person) : null, problems])}`
    while (text.length >= PIECE) {
      const end = beforeHalf(text, PIECE)
      yield text.slice(0, end)
      text = text.slice(end)
    }
  }
  yield `${text}\n`
}

/**
 * What was read, out of its pieces; null where they are not all there, or were written by a version of the service that
 * kept something else.
 *
 * @param pause called after each piece
 */
export async function readReading(
  pieces: AsyncIterable<string>,
  pause: (done: number, total: number) => Promise<void>,
): Promise<PeopleFile | null> {
  let head: Head | undefined
  let rest = ''
  const rows: PeopleFileRow[] = []
  for await (const piece of pieces) {
    if (!head && rest === '' && !piece.startsWith(BEGINNING)) return null
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (head) rows.push(unpackRow(line))
      else head = JSON.parse(line) as Head
    }
    await pause(rows.length, head?.count ?? 0)
  }
  if (!head || rest !== '' || rows.length !== head.count) return null
  const { encoding, separator, columns, unknownColumns, mapping, warnings } = head
  return { encoding, separator, columns, unknownColumns, mapping, warnings, rows }
}

/** Where to cut a text so that no character of two halves is parted. */
function beforeHalf(text: string, end: number): number {
  const last = text.charCodeAt(end - 1)
  return last >= 0xd800 && last < 0xdc00 ? end - 1 : end
}

// Without their names values take half of the room. In another order they need another beginning.
const PERSON = fieldsOf<PersonDraft>({
  name: 0,
  externalId: 0,
  contactPoints: 0,
  groups: 0,
  deputies: 0,
  language: 0,
  reportsTo: 0,
  timeZone: 0,
  duty: 0,
  calls: 0,
})
const POINT = fieldsOf<ContactPointDraft>({ kind: 0, address: 0, label: 0, marks: 0, extension: 0 })

function fieldsOf<Value>(every: Record<keyof Required<Value>, 0>): (keyof Value)[] {
  return Object.keys(every) as (keyof Value)[]
}

function packPerson(person: PersonDraft): unknown[] {
  return pack(PERSON, { ...person, contactPoints: person.contactPoints.map((point) => pack(POINT, point)) })
}

function unpackRow(text: string): PeopleFileRow {
  const [line, packed, problems] = JSON.parse(text) as [number, unknown[] | null, PeopleFileRow['problems']]
  if (packed === null) return { line, problems }
  const person = unpack(PERSON, packed)
  const points = person.contactPoints as unknown as unknown[][]
  return { line, person: { ...person, contactPoints: points.map((point) => unpack(POINT, point)) }, problems }
}

function pack<Field extends PropertyKey>(fields: readonly Field[], of: { [Name in Field]?: unknown }): unknown[] {
  const values = fields.map((field) => of[field])
  while (values.at(-1) === undefined) values.pop()
  return values
}

function unpack<Value>(fields: readonly (keyof Value)[], values: readonly unknown[]): Value {
  const value: Partial<Record<keyof Value, unknown>> = {}
  for (const [at, field] of fields.entries()) {
    const one = values[at] ?? undefined
    if (one !== undefined) value[field] = one
  }
  return value as Value
}
