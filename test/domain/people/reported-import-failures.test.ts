import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { planImport } from '../../../src/domain/people/plan-import.ts'
import { type PeopleFile, readPeopleFile } from '../../../src/domain/people/read-people-file.ts'
import { finish } from '../finish.ts'

function readCase(name: string, region = 'GB'): PeopleFile {
  return finish(readPeopleFile(readFileSync(new URL(`../../fixtures/cases/${name}`, import.meta.url)), { region }))
}

function readText(text: string, region = 'GB'): PeopleFile {
  return finish(readPeopleFile(new TextEncoder().encode(text), { region }))
}

function voiceOf(file: PeopleFile, name: string): string[] {
  const points = file.rows.find((row) => row.person?.name === name)?.person?.contactPoints ?? []
  return points
    .filter((point) => point.kind === 'voice')
    .map((point) => (point.extension ? `${point.address} ext ${point.extension}` : point.address))
}

function outcomes(file: PeopleFile): string[] {
  return finish(planImport(file.rows, [])).rows.map((row) => `${row.draft?.name}: ${row.outcome}`)
}

describe('reported failure 01: a byte-order mark', () => {
  it('does not hide the first column, so both people keep their phones', () => {
    const file = readCase('case-01-bom.csv')
    expect(voiceOf(file, 'Amira Ward')).toEqual(['+447700900101'])
    expect(voiceOf(file, 'Ben Holt')).toEqual(['+447700900102'])
    expect(outcomes(file)).toEqual(['Amira Ward: created', 'Ben Holt: created'])
  })
})

describe('reported failure 02: a file from a European spreadsheet', () => {
  const file = readCase('case-02-europe.csv', 'FR')

  it('yields three people, with names, numbers and the group spelled as they were', () => {
    const seen = file.rows.map(({ person }) => [person?.name, person?.contactPoints[0]?.address, person?.groups])
    expect(seen).toEqual([
      ['Lefèvre, Zoé', '+33639981234', ['Astreinte']],
      ['Durand Camille', '+33639981235', ['Accueil; nuit']],
      ['D"Arcy Noé', '+33639981236', ['Astreinte']],
    ])
  })

  it('says which encoding and separator it found, on which line each person begins, and what it did not use', () => {
    expect(file).toMatchObject({ encoding: 'windows-1252', separator: ';', unknownColumns: ['Adresse'] })
    expect(file.rows.map((row) => row.line)).toEqual([2, 4, 5])
  })
})

describe('reported failure 03: a UTF-16 file with tabs', () => {
  it('spells Łukasz Wiśniewski right and holds no NUL', () => {
    const file = readCase('case-03-unicode-text.txt')
    expect(file).toMatchObject({ encoding: 'utf-16le', separator: '\t' })
    expect(file.rows.map((row) => row.person?.name)).toEqual(['Łukasz Wiśniewski', 'Noor Haddad'])
  })
})

describe('reported failure 05: several values in one cell', () => {
  const file = readCase('case-05-google.csv')

  it('gives Sam three phones, two mail addresses and two groups', () => {
    const sam = file.rows[0]?.person
    expect(voiceOf(file, 'Sam Okafor')).toEqual(['+447700900110', '+447700900111', '+442079460018'])
    expect(sam?.contactPoints.filter((point) => point.kind === 'email').map((point) => point.address)).toEqual([
      'sam@example.org',
      'sam.okafor@example.org',
    ])
    expect(sam?.groups).toEqual(['Wardens', 'myContacts'])
  })

  it('finds the phone of Ines in the second pair of columns', () => {
    expect(voiceOf(file, 'Ines Petit')).toEqual(['+33199001234'])
  })

  it('stores the joining sign nowhere', () => {
    expect(JSON.stringify(file.rows)).not.toContain(':::')
  })
})

describe('reported failure 08: extensions', () => {
  const file = readCase('case-08-extensions.csv')

  it.each(['a', 'b', 'c', 'd', 'e', 'h'])('row %s keeps extension 136 apart from the number', (name) => {
    expect(voiceOf(file, name)).toEqual(['+12025550142 ext 136'])
  })

  it('reads # and poste as extensions too', () => {
    expect(voiceOf(file, 'f')).toEqual(['+442079460018 ext 22'])
    expect(voiceOf(readCase('case-08-extensions.csv', 'FR'), 'g')).toEqual(['+33199001234 ext 12'])
  })

  it('never plans a text to somebody behind an extension', () => {
    expect(file.rows.flatMap((row) => row.person?.contactPoints ?? []).every(({ kind }) => kind === 'voice')).toBe(true)
  })
})

describe('reported failure 09: trunk zeros, 00 and free text', () => {
  const file = readCase('case-09-trunk-zero.csv')

  it.each([
    ['a', ['+442079460018']],
    ['b', ['+33639981234']],
    ['c', ['+447700900000']],
    ['d', ['+447700900123']],
    ['e', ['+447700900123']],
    ['f', ['+442079460018']],
    ['h', ['+447700900123', '+447700900456']],
  ])('row %s means %j', (name, numbers) => {
    expect(voiceOf(file, name)).toEqual(numbers)
  })

  it.each(['g', 'i'])('row %s could be a number of another country, so a human decides', (name) => {
    const row = finish(planImport(file.rows, [])).rows.find((planned) => planned.draft?.name === name)
    expect(row).toMatchObject({ outcome: 'review', field: 'phone', code: 'phone.review' })
    expect(voiceOf(file, name)).toEqual([])
  })
})

describe('reported failure 11: possible against valid, and short codes', () => {
  const file = readText(
    ['name,phone', 'Ana,+447700900123', 'Bo,+33639981234', 'Cy,+12025550142', 'Di,112', 'Ed,999', 'Fi,TBC'].join('\n'),
  )

  it('takes numbers that no numbering plan lists, since people answer on them', () => {
    expect(outcomes(file).slice(0, 3)).toEqual(['Ana: created', 'Bo: created', 'Cy: created'])
  })

  it('refuses emergency numbers and words with a reason, and keeps no address of them', () => {
    const refused = finish(planImport(file.rows, [])).rows.slice(3)
    expect(refused.map((row) => [row.outcome, row.field, row.code])).toEqual([
      ['refused', 'phone', 'phone.emergency'],
      ['refused', 'phone', 'phone.emergency'],
      ['refused', 'phone', 'phone.not_a_number'],
    ])
    expect(refused.every((row) => row.draft?.contactPoints.length === 0 && row.reason)).toBe(true)
  })
})

describe('reported failure 39: loops in the call tree of a file', () => {
  const plan = finish(planImport(readCase('case-39-cycle.csv').rows, []))
  const rowOf = (name: string) => plan.rows.find((row) => row.draft?.name === name)

  it.each(['Ana', 'Bo', 'Cy'])('names the loop of three at %s', (name) => {
    expect(rowOf(name)).toMatchObject({ outcome: 'refused', field: 'calls', code: 'tree.cycle' })
    expect(rowOf(name)?.reason).toContain('Ana → Bo → Cy → Ana')
  })

  it('names Di, who would call herself, and Zed, whom Ed would call and nobody knows', () => {
    expect(rowOf('Di')?.reason).toContain('Di → Di')
    expect(rowOf('Ed')).toMatchObject({ outcome: 'refused', field: 'calls', code: 'tree.unknown_person' })
    expect(rowOf('Ed')?.reason).toContain('Zed')
  })

  it('has nothing against Fi, who calls nobody', () => {
    expect(rowOf('Fi')?.outcome).toBe('created')
    expect(plan).toMatchObject({ created: 1, refused: 5 })
  })
})
