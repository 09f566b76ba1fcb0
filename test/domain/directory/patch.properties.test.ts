import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch } from '../../../src/domain/directory/apply-patch.ts'
import { attributesOf, GROUP, type Resource, USER } from '../../../src/domain/directory/attributes.ts'
import { Problem } from '../../../src/domain/errors.ts'

const member = fc.constantFrom('a', 'b', 'c', 'd')
const said = (ids: string[]) => ids.map((value) => ({ value }))

/** One change to who is in a group, in the ways in which directories write it, and the same on a plain set. */
const memberChange = fc.oneof(
  fc.tuple(fc.constantFrom('add', 'Add', 'ADD'), fc.array(member), fc.boolean()).map(([op, ids, whole]) => ({
    operation: whole ? { op, value: { members: said(ids) } } : { op, path: 'members', value: said(ids) },
    apply: (set: Set<string>) => new Set([...set, ...ids]),
  })),
  fc.tuple(fc.constantFrom('replace', 'Replace'), fc.array(member)).map(([op, ids]) => ({
    operation: { op, path: 'Members', value: said(ids) },
    apply: () => new Set(ids),
  })),
  fc.tuple(fc.constantFrom('remove', 'Remove'), member, fc.boolean()).map(([op, id, inPath]) => ({
    operation: inPath ? { op, path: `members[value eq "${id}"]` } : { op, path: 'members', value: said([id]) },
    apply: (set: Set<string>) => new Set([...set].filter((one) => one !== id)),
  })),
  fc.constant({ operation: { op: 'remove', path: 'members' }, apply: () => new Set<string>() }),
)

type Numbers = Record<string, string>
const type = fc.constantFrom('work', 'mobile', 'home')
const value = fc.constantFrom('1', '2', '3')
const numberChange = fc.oneof(
  fc.tuple(fc.constantFrom('Add', 'Replace'), type, value, fc.boolean()).map(([op, which, number, inValue]) => {
    const path = `phoneNumbers[type eq "${which}"].value`
    return {
      operation: inValue ? { op, value: { [path]: number } } : { op, path, value: number },
      apply: (numbers: Numbers) => ({ ...numbers, [which]: number }),
    }
  }),
  fc.tuple(type, fc.boolean()).map(([which, part]) => ({
    operation: { op: 'remove', path: `phoneNumbers[type eq "${which}"]${part ? '.value' : ''}` },
    apply: ({ [which]: _, ...rest }: Numbers) => rest,
  })),
)

describe('changes of a directory', () => {
  it('leave in a group exactly those whom they name, however they are written', () => {
    fc.assert(
      fc.property(fc.array(memberChange, { minLength: 1, maxLength: 8 }), (changes) => {
        const body = { Operations: changes.map(({ operation }) => operation) }
        const after = applyPatch(GROUP, { displayName: 'Wardens' }, body)
        const members = ((after.members ?? []) as Resource[]).map((one) => one.value)
        const expected = changes.reduce((set, { apply }) => apply(set), new Set<string>())
        expect(members).toHaveLength(expected.size)
        expect(new Set(members)).toEqual(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  it('leave one number of each type, the one that was said last', () => {
    fc.assert(
      fc.property(fc.array(numberChange, { minLength: 1, maxLength: 8 }), (changes) => {
        const body = { Operations: changes.map(({ operation }) => operation) }
        const after = applyPatch(USER, { userName: 'a' }, body)
        const numbers = ((after.phoneNumbers ?? []) as Resource[]).map((one) => [one.type, one.value])
        const expected = changes.reduce<Numbers>((all, { apply }) => apply(all), {})
        expect(numbers).toHaveLength(Object.keys(expected).length)
        expect(Object.fromEntries(numbers)).toEqual(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  it('of any kind either leave a resource of known attributes or are refused, and never touch what they started from', () => {
    const names = attributesOf(USER).map(({ name }) => name)
    const path = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'name',
        'name.givenName',
        'emails',
        'emails[type eq "work"]',
        'active',
        '__proto__',
        'members',
        'emails.value',
        'emails[type eq "w"].primary',
        'constructor.prototype',
        'locale',
      ),
    )
    const operation = fc.record(
      { op: fc.constantFrom('add', 'replace', 'remove', 'x'), path, value: fc.jsonValue({ maxDepth: 3 }) },
      { requiredKeys: ['op'] },
    )
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 4 }), (Operations) => {
        const before: Resource = { userName: 'a', emails: [{ type: 'work', value: 'a@example.org' }] }
        const kept = structuredClone(before)
        try {
          const after = applyPatch(USER, before, { Operations })
          expect(Object.keys(after).filter((name) => !names.includes(name))).toEqual([])
          expect(typeof after.userName).toBe('string')
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
          expect((error as Problem).code).toMatch(/^scim\./)
        }
        expect(before).toEqual(kept)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })
})
