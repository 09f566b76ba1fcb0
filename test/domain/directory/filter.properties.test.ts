import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Resource, USER } from '../../../src/domain/directory/attributes.ts'
import { compileFilter } from '../../../src/domain/directory/match-filter.ts'
import { parseFilter } from '../../../src/domain/directory/parse-filter.ts'
import { Problem } from '../../../src/domain/errors.ts'

// A simple model of the standard, which shares nothing with what it judges: it walks the same tree that the text is
// written from.
type Tree =
  | { kind: 'compare'; path: string; op: string; value: string }
  | { kind: 'present'; path: string }
  | { kind: 'not'; inner: Tree }
  | { kind: 'all'; parts: Tree[] }
  | { kind: 'any'; parts: Tree[] }
  | { kind: 'one'; value: string; type: string }

interface Sample {
  userName: string
  externalId?: string
  emails: { type: string; value: string }[]
}

const word = fc.string({
  minLength: 1,
  maxLength: 3,
  unit: fc.constantFrom('a', 'B', 'b', '"', '\\', ' ', ')', ']', 'é'),
})
const sample: fc.Arbitrary<Sample> = fc.record(
  {
    userName: word,
    externalId: word,
    emails: fc.array(fc.record({ type: fc.constantFrom('work', 'home'), value: word }), { maxLength: 3 }),
  },
  { requiredKeys: ['userName', 'emails'] },
)
const path = fc.constantFrom('userName', 'externalId', 'emails.value', 'emails.type')
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      kind: fc.constant('compare' as const),
      path,
      op: fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
      value: word,
    }),
    fc.record({ kind: fc.constant('present' as const), path }),
    fc.record({ kind: fc.constant('one' as const), value: word, type: fc.constantFrom('work', 'home') }),
    fc.record({ kind: fc.constant('not' as const), inner: tie('tree') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).tree

function write(node: Tree, shout: boolean): string {
  const said = (text: string) => (shout ? text.toUpperCase() : text)
  const quoted = JSON.stringify
  if (node.kind === 'compare') return `${said(node.path)} ${said(node.op)} ${quoted(node.value)}`
  if (node.kind === 'present') return `${node.path} ${said('pr')}`
  if (node.kind === 'one') {
    const { type, value } = node
    return shout
      ? `emails[type eq ${quoted(type)}].value eq ${quoted(value)}`
      : `emails[type eq ${quoted(type)} and value eq ${quoted(value)}]`
  }
  if (node.kind === 'not') return `${said('not')} (${write(node.inner, shout)})`
  return node.parts.map((part) => `(${write(part, shout)})`).join(said(node.kind === 'all' ? ' and ' : ' or '))
}

function holds(node: Tree, of: Sample): boolean {
  if (node.kind === 'not') return !holds(node.inner, of)
  if (node.kind === 'all') return node.parts.every((part) => holds(part, of))
  if (node.kind === 'any') return node.parts.some((part) => holds(part, of))
  const low = (text: string) => text.toLowerCase()
  if (node.kind === 'one') {
    return of.emails.some(({ type, value }) => type === node.type && low(value) === low(node.value))
  }
  const values =
    node.path === 'userName'
      ? [of.userName]
      : node.path === 'externalId'
        ? [of.externalId].filter((one) => one !== undefined)
        : of.emails.map((email) => (node.path === 'emails.type' ? email.type : email.value))
  if (node.kind === 'present') return values.length > 0
  if (values.length === 0) return node.op === 'ne'
  const exact = node.path === 'externalId'
  const right = exact ? node.value : low(node.value)
  return values.some((value) => {
    const left = exact ? value : low(value)
    if (node.op === 'eq') return left === right
    if (node.op === 'ne') return left !== right
    if (node.op === 'co') return left.includes(right)
    if (node.op === 'sw') return left.startsWith(right)
    if (node.op === 'ew') return left.endsWith(right)
    if (node.op === 'gt') return left > right
    if (node.op === 'ge') return left >= right
    return node.op === 'lt' ? left < right : left <= right
  })
}

describe('a filter of a directory', () => {
  it('finds exactly those for whom it holds, however it is nested, quoted and written', () => {
    fc.assert(
      fc.property(tree, fc.boolean(), fc.array(sample, { minLength: 1, maxLength: 4 }), (node, shout, samples) => {
        const test = compileFilter(USER, parseFilter(write(node, shout)))
        expect(samples.map((one) => test(one as unknown as Resource))).toEqual(samples.map((one) => holds(node, one)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is refused in a form that the directory understands, and quickly, when it is nonsense', () => {
    const scraps = fc.constantFrom(
      'userName',
      'eq',
      '"',
      '\\',
      '(',
      ')',
      '[',
      ']',
      '.',
      ' ',
      'not',
      'and',
      '\n',
      '\u0000',
      '1',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: scraps, maxLength: 300 })), (text) => {
        try {
          compileFilter(USER, parseFilter(text))
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
          expect((error as Problem).code).toBe('scim.invalidFilter')
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
