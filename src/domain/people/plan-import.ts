import { each, type Steps } from '../steps.ts'
import { buildTree, type TreePerson } from '../trees/build-tree.ts'
import { contactKey } from './contact-key.ts'
import { type Decisions, type MatchedRow, matchPeople } from './match-people.ts'
import { type KnownPerson, mergePerson, type PersonChange } from './merge-person.ts'
import type { PersonDraft } from './person.ts'
import type { RowProblem } from './row-problem.ts'

export type ImportOutcome = 'created' | 'changed' | 'unchanged' | 'review' | 'refused' | 'missing'

export interface ImportRow {
  line: number
  person?: PersonDraft
  problems: RowProblem[]
}

export interface PlannedRow {
  /** Absent for `missing`: nothing in the file stands for it. */
  line?: number
  outcome: ImportOutcome
  /** Field, code and reason of the gravest problem of the row, also of a mere warning. */
  field?: string
  code?: string
  reason?: string
  problems: RowProblem[]
  /** The id of the known person whom the row is, or may be, about. */
  person?: string
  /** The version of that person on which the plan is based. */
  version?: number
  draft?: PersonDraft
  /** For `review` where it is to be decided which of these it is, or somebody new. */
  candidates?: Candidate[]
  /** For `changed`. */
  change?: PersonChange
}

export interface Candidate {
  id: string
  name: string
  /** What tells this person from others of the name. */
  about: string
}

export interface ImportPlan extends Record<ImportOutcome, number> {
  rows: PlannedRow[]
}

/**
 * What a file would do to the known people, row by row and without doing it. Nobody is ever removed: who is known but
 * not in the file is `missing`. Planning the same file again after applying it changes nothing.
 *
 * A row is refused for any problem of its own, for a person already taken by an earlier row
 * (`person.duplicate_in_file`) and for references that make no tree (`tree.…`).
 */
export function* planImport(
  rows: ImportRow[],
  known: KnownPerson[],
  decisions: Decisions = new Map(),
): Steps<ImportPlan> {
  const matches = yield* matchPeople(
    rows.filter((row) => !isRepeat(row)),
    known,
    decisions,
  )
  const treeProblems = yield* findTreeProblems(rows, matches, known)
  const planned: PlannedRow[] = []
  yield* each(rows, 1_000, (row) => {
    planned.push(planRow(row, matches.get(row), treeProblems.get(row.line) ?? []))
  })
  yield* warnOfShared(planned, known)
  const met = new Set(planned.map((row) => row.person))
  yield* each(known, 5_000, ({ id, name }) => {
    if (met.has(id)) return
    const reason = `${name} is known but not in this file, and stays.`
    planned.push({ outcome: 'missing', code: 'person.missing', reason, problems: [], person: id })
  })
  const plan: ImportPlan = { created: 0, changed: 0, unchanged: 0, review: 0, refused: 0, missing: 0, rows: planned }
  for (const { outcome } of planned) plan[outcome]++
  return plan
}

function planRow(row: ImportRow, match: MatchedRow | undefined, treeProblems: RowProblem[]): PlannedRow {
  const problems = [...row.problems, ...treeProblems]
  if (match?.takenByLine !== undefined) {
    const reason = `Line ${match.takenByLine} is already about this person.`
    problems.push({ field: 'row', code: 'person.duplicate_in_file', reason, severity: 'refused' })
  }
  if (match?.doubt) problems.push({ field: 'row', severity: 'review', ...match.doubt })
  const gravest = findGravest(problems)
  const planned: PlannedRow = { line: row.line, outcome: 'refused', problems }
  if (gravest) Object.assign(planned, { field: gravest.field, code: gravest.code, reason: gravest.reason })
  if (match?.doubt) planned.candidates = (match.candidates ?? [match.known]).slice(0, 20).map(describeCandidate)
  if (match?.known) Object.assign(planned, { person: match.known.id, version: match.known.version })
  if (!row.person) return planned
  planned.draft = row.person
  if (gravest && gravest.severity !== 'warning') return { ...planned, outcome: gravest.severity }
  if (!match?.known) return { ...planned, outcome: 'created' }
  const change = mergePerson(match.known, row.person)
  return change.fields.length === 0 ? { ...planned, outcome: 'unchanged' } : { ...planned, outcome: 'changed', change }
}

/** A number that somebody else has already is taken, and shown: whoever answers there may not be who is meant. */
function* warnOfShared(rows: PlannedRow[], known: KnownPerson[]): Steps<void> {
  const added = new Map<string, PlannedRow>()
  yield* each(rows, 1_000, (row) => {
    const points = row.outcome === 'created' ? row.draft?.contactPoints : row.change?.added
    for (const point of points ?? []) added.set(contactKey(point), row)
  })
  if (added.size === 0) return
  yield* each(known, 1_000, (other) => {
    for (const point of other.contactPoints) {
      const row = added.get(contactKey(point))
      if (!row || row.person === other.id || !isMinor(row.code)) continue
      const field = point.kind === 'email' || point.kind === 'webhook' ? point.kind : 'phone'
      const reason = `${point.address} also belongs to ${other.name}.`
      row.problems.push({ field, code: 'contact.shared', reason, severity: 'warning' })
      Object.assign(row, { field, code: 'contact.shared', reason })
    }
  })
}

/** What a shared number may take the place of in the answer: most numbers that no plan lists ring all the same. */
function isMinor(code: string | undefined): boolean {
  return code === undefined || code === 'phone.not_valid'
}

function describeCandidate({ id, name, externalId, duty, groups, contactPoints }: KnownPerson): Candidate {
  const addresses = contactPoints.filter(({ kind }) => kind !== 'push').map(({ address }) => address)
  const said = [externalId, duty, groups[0], ...new Set(addresses)].filter((text) => text)
  return { id, name, about: said.slice(0, 4).join(' · ') }
}

function* findTreeProblems(
  rows: ImportRow[],
  matches: Map<ImportRow, MatchedRow>,
  known: KnownPerson[],
): Steps<Map<number, RowProblem[]>> {
  const found = new Map<number, RowProblem[]>()
  if (!rows.some(({ person }) => person?.reportsTo || person?.calls || (person && person.deputies.length > 0))) {
    return found
  }
  const inFile = new Set<string>()
  const people: TreePerson[] = []
  for (const row of rows) {
    if (!row.person || isRepeat(row)) continue
    const match = matches.get(row)
    if (match?.takenByLine !== undefined) continue
    const id = match?.known && !match.doubt ? match.known.id : `line ${row.line}`
    inFile.add(id)
    people.push({ ...row.person, id, line: row.line })
  }
  const others = known.filter((person) => !inFile.has(person.id)).map(toReferable)
  for (const { line, field, code, reason, severity } of (yield* buildTree(people, others)).problems) {
    if (line === undefined) continue
    found.set(line, [...(found.get(line) ?? []), { field, code, reason, severity }])
  }
  return found
}

function toReferable({ id, externalId, name }: KnownPerson) {
  return externalId ? { id, externalId, name } : { id, name }
}

/** A row that repeats an earlier one is about nobody else, so it must not stand in the way of other rows. */
function isRepeat(row: ImportRow): boolean {
  return row.problems.some((problem) => problem.code === 'person.duplicate_in_file')
}

const gravity = ['warning', 'review', 'refused']

function findGravest(problems: RowProblem[]): RowProblem | undefined {
  return problems.reduce<RowProblem | undefined>(
    (worst, problem) =>
      !worst || gravity.indexOf(problem.severity) > gravity.indexOf(worst.severity) ? problem : worst,
    undefined,
  )
}
