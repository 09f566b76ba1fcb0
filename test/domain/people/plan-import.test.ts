import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownPerson } from '../../../src/domain/people/merge-person.ts'
import { type ImportPlan, planImport } from '../../../src/domain/people/plan-import.ts'
import { readPeopleFile } from '../../../src/domain/people/read-people-file.ts'
import { finish } from '../finish.ts'

function plan(lines: string[], known: KnownPerson[]): ImportPlan {
  return finish(
    planImport(finish(readPeopleFile(new TextEncoder().encode(lines.join('\n')), { region: 'GB' })).rows, known),
  )
}

/** What a store would hold after applying the good rows of a plan. */
function apply(known: KnownPerson[], { rows }: ImportPlan): KnownPerson[] {
  const people = new Map(known.map((person) => [person.id, person]))
  for (const { outcome, draft, change, person, line } of rows) {
    if (outcome === 'created' && draft) {
      const id = `${people.size}-${line}`
      people.set(id, { ...draft, id, language: draft.language ?? 'en', version: 1 })
    }
    const before = person === undefined ? undefined : people.get(person)
    if (outcome !== 'changed' || !change || !before) continue
    const { added, removed, fields: _, ...values } = change
    const kept = before.contactPoints.filter((point) => !removed.includes(point))
    people.set(before.id, { ...before, ...values, contactPoints: [...kept, ...added], version: before.version + 1 })
  }
  return [...people.values()]
}

function sms(address: string, label = 'mobile') {
  return { kind: 'sms' as const, address, label }
}

function voice(address: string, label = 'mobile') {
  return { kind: 'voice' as const, address, label }
}

const ana: KnownPerson = {
  id: 'p1',
  externalId: 'E-1',
  name: 'Ana Ruiz',
  language: 'es',
  timeZone: null,
  groups: ['Night'],
  duty: null,
  contactPoints: [sms('+447700900101'), voice('+447700900101')],
  version: 3,
}
const bo: KnownPerson = {
  id: 'p2',
  externalId: null,
  name: 'Bo Lund',
  language: 'en',
  timeZone: null,
  groups: [],
  duty: null,
  contactPoints: [{ kind: 'email', address: 'bo@example.org', label: 'email' }],
  version: 1,
}

describe('matching a row with the people who are known', () => {
  it('goes by external id, whatever the name now is', () => {
    const [row] = plan(['id,name,mobile', 'E-1,Ana Ruiz-Holt,07700 900101'], [ana]).rows
    expect(row).toMatchObject({ outcome: 'changed', person: 'p1', version: 3, change: { fields: ['name'] } })
  })

  it('goes by name and one address otherwise, and then learns the external id', () => {
    const [row] = plan(['id,name,email', 'E-2,bo LUND,BO@example.org'], [bo]).rows
    expect(row).toMatchObject({ outcome: 'changed', person: 'p2', change: { fields: ['name', 'externalId'] } })
  })

  it.each([
    ['the same name alone', 'name,email', 'Bo Lund,other@example.org', 'person.same_name'],
    ['the same address alone', 'name,email', 'Di Lund,bo@example.org', 'person.same_address'],
    ['another external id', 'id,name,mobile', 'E-9,Ana Ruiz,07700 900101', 'person.other_external_id'],
  ])('leaves %s to a human', (_, header, line, code) => {
    expect(plan([header, line], [ana, bo]).rows[0]).toMatchObject({ outcome: 'review', code })
  })

  it('leaves a row that fits two known people to a human', () => {
    const twin = {
      ...bo,
      id: 'p3',
      contactPoints: [{ kind: 'email' as const, address: 'b2@example.org', label: 'email' }],
    }
    const { rows } = plan(['name,email', 'Bo Lund,bo@example.org; b2@example.org'], [bo, twin])
    expect(rows[0]).toMatchObject({ outcome: 'review', code: 'person.several_matches' })
  })

  it('takes two external ids for two people, even with one name or one address', () => {
    const { rows } = plan(['id,name,mobile', 'E-8,Ana Ruiz,07700 900108', 'E-9,Cy Holt,07700 900101'], [ana])
    expect(rows.map((row) => row.outcome)).toEqual(['created', 'created', 'missing'])
  })

  it('gives a person to the row with the id, not to a likeness above it', () => {
    const { rows } = plan(['id,name,mobile', ',Ana Ruiz,07700 900101', 'E-1,Ana Ruiz,07700 900102'], [ana])
    expect(rows.map((row) => [row.outcome, row.code])).toEqual([
      ['refused', 'person.duplicate_in_file'],
      ['changed', 'phone.not_valid'],
    ])
  })
})

describe('what a file changes', () => {
  it('is nothing where its cells are blank', () => {
    const { rows } = plan(['id,name,mobile,language,groups,duty', 'E-1,Ana Ruiz,,,,'], [ana])
    expect(rows[0]?.outcome).toBe('unchanged')
  })

  it('replaces the number that a column held before, and leaves what the person has added', () => {
    const own = [
      { kind: 'push' as const, address: 'https://push.example.org/1', label: 'phone' },
      sms('+447700900199', 'partner'),
    ]
    const known = { ...ana, contactPoints: [...ana.contactPoints, ...own] }
    const [row] = plan(['id,name,mobile', 'E-1,Ana Ruiz,07700 900155'], [known]).rows
    expect(row?.change?.fields).toEqual(['contactPoints'])
    expect(row?.change?.added.map((point) => point.kind)).toEqual(['sms', 'voice'])
    expect(row?.change?.removed).toEqual(ana.contactPoints)
  })

  it('replaces a number without a label only where there is one on either side', () => {
    const eve = { id: 'p9', externalId: 'E9', name: 'Eve Ross', groups: [], version: 1 }
    const first = [sms('+447700900105', ''), voice('+447700900105', '')]
    const own = [sms('+447700900166', ''), voice('+447700900166', '')]
    const removed = (contactPoints: KnownPerson['contactPoints'], cells: string) =>
      plan(['id,name,mobile,mobile label', `E9,Eve Ross,${cells},`], [{ ...eve, contactPoints }]).rows[0]?.change
        ?.removed
    expect(removed(first, '+447700900115')).toEqual(first)
    expect(removed([...first, ...own], '+447700900115')).toEqual([])
    expect(removed([...first, ...own], '+447700900105 / +447700900115')).toEqual([])
    expect(removed(first, '+447700900115 / +447700900116')).toEqual([])
  })

  it('never removes anybody: who is not in the file is reported as missing', () => {
    const result = plan(['name,email', 'Bo Lund,bo@example.org'], [ana, bo])
    expect(result).toMatchObject({ unchanged: 1, missing: 1 })
    expect(result.rows[1]).toMatchObject({ outcome: 'missing', person: 'p1' })
  })

  it('does not call somebody missing whose row is refused', () => {
    expect(plan(['id,name,mobile', 'E-1,Ana Ruiz,112'], [ana])).toMatchObject({ refused: 1, missing: 0 })
  })

  it('may refer to people who are known but not in the file', () => {
    expect(plan(['name,email,reports to', 'Cy,cy@example.org,E-1'], [ana]).rows[0]?.outcome).toBe('created')
  })
})

const digit = fc.integer({ min: 0, max: 5 })
const row = fc.record({
  id: fc.option(digit, { nil: undefined, freq: 2 }),
  name: digit,
  phones: fc.uniqueArray(digit, { maxLength: 2 }),
  email: fc.option(digit, { nil: undefined }),
  group: fc.option(digit, { nil: undefined }),
})
const file = fc.array(row, { minLength: 1, maxLength: 8 }).map((people) => [
  'id,name,mobile,email,groups',
  ...people.map(({ id, name, phones, email, group }) => {
    const numbers = phones.map((phone) => `+44770090010${phone}`).join(' ::: ')
    return `${id ?? ''},Person ${name},${numbers},${email === undefined ? '' : `p${email}@example.org`},${group ?? ''}`
  }),
])

describe('applying a file twice', () => {
  it('gives each namesake whose numbers cross to the same row again', () => {
    const known = apply(
      [],
      plan(
        ['name,mobile,email', 'Eve Ross,07700 900103,eve@example.org', 'Eve Ross,07700 900101 ::: 07700 900100,'],
        [],
      ),
    )
    const file = [
      'name,mobile,email',
      'Eve Ross,07700 900101,eve@example.org',
      'Eve Ross,07700 900103,other@example.org',
      'Eve Ross,07700 900100,',
    ]
    const first = plan(file, known)
    expect(first.rows.map(({ outcome }) => outcome)).toEqual(['changed', 'refused', 'unchanged'])
    const second = plan(file, apply(known, first))
    expect(second.rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'review', 'unchanged'])
  })

  it('creates and changes nobody the second time, whatever was known before', () => {
    fc.assert(
      fc.property(file, file, (earlier, later) => {
        const known = apply([], plan(earlier, []))
        const first = plan(later, known)
        const second = plan(later, apply(known, first))
        expect(second).toMatchObject({ created: 0, changed: 0 })
        first.rows.forEach(({ outcome }, i) => {
          if (outcome === 'created' || outcome === 'changed') expect(second.rows[i]?.outcome).toBe('unchanged')
        })
      }),
      { numRuns: 1500 },
    )
  })
})
