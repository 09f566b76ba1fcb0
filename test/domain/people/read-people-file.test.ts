import { describe, expect, it } from 'vitest'
import { readPeopleFile } from '../../../src/domain/people/read-people-file.ts'
import { finish } from '../finish.ts'

function read(lines: string[], region = 'GB') {
  return finish(readPeopleFile(new TextEncoder().encode(lines.join('\n')), { region })).rows
}

function problemsOf(lines: string[]) {
  return read(lines).map((row) => row.problems.map(({ field, code, severity }) => `${field} ${code} ${severity}`))
}

function pointsOf(lines: string[]) {
  return read(lines).map((row) => row.person?.contactPoints.map(({ kind, address }) => `${kind} ${address}`))
}

describe('a row of a people file', () => {
  it('gives a person with everything it says', () => {
    const [row] = read([
      'id,name,mobile,email,language,time zone,groups,duty,reports to,deputy',
      'E-7,Ana Ruiz,+36 20 123 4567,Ana@EXAMPLE.org,Deutsch,europe/paris,"Night; Wharf",Fire warden,E-1,"Bo; Cy"',
    ])
    expect(row).toEqual({
      line: 2,
      problems: [],
      person: {
        externalId: 'E-7',
        name: 'Ana Ruiz',
        language: 'de',
        timeZone: 'Europe/Paris',
        groups: ['Night', 'Wharf'],
        duty: 'Fire warden',
        reportsTo: 'E-1',
        deputies: ['Bo', 'Cy'],
        contactPoints: [
          { kind: 'sms', address: '+36201234567', label: 'mobile', marks: ['mobile'] },
          { kind: 'voice', address: '+36201234567', label: 'mobile', marks: ['mobile'] },
          { kind: 'email', address: 'Ana@example.org', label: 'email', marks: [] },
        ],
      },
    })
  })

  it('gives a landline no texts, a number that may be a mobile both, and a fax nothing', () => {
    expect(pointsOf(['name,phone,fax', 'Ana,020 7946 0018,020 7946 0021', 'Bo,07700 900123,'])).toEqual([
      ['voice +442079460018'],
      ['sms +447700900123', 'voice +447700900123'],
    ])
  })

  it('keeps the order of the file among contact points', () => {
    expect(pointsOf(['name,email,phone,mobile', 'Ana,ana@example.org,020 7946 0018,07700 900123'])).toEqual([
      ['email ana@example.org', 'voice +442079460018', 'sms +447700900123', 'voice +447700900123'],
    ])
  })

  it.each([
    [',07700 900123,,,', 'name person.no_name refused'],
    ['Ana,,ana@example,,', 'email email.malformed refused'],
    ['Ana,,ana..ruiz@example.org,,', 'email email.malformed refused'],
    ['Ana,,a na@example.org,,', 'email email.malformed refused'],
    ['Ana,,ana@example.org,Klingonese,', 'language language.unknown refused'],
    ['Ana,,ana@example.org,xx,', 'language language.unknown refused'],
    ['Ana,,ana@example.org,,+02:00', 'timeZone time_zone.unknown refused'],
    ['Ana,,ana@example.org,,GMT+2', 'timeZone time_zone.unknown refused'],
    ['Ana,,ana@example.org,,Americas/Vancouver', 'timeZone time_zone.unknown refused'],
    ['Ana,112,ana@example.org,,', 'mobile phone.emergency refused'],
    ['Ana,1-202-555-0142,,,', 'mobile phone.review review'],
    ['Ruiz, Ana,07700 900123,a@example.org,en,Europe/Paris', 'row row.too_many_cells refused'],
    ['Ana,,,,', 'row person.no_contact_point warning'],
  ])('%j is answered with %s', (line, problem) => {
    expect(problemsOf(['name,mobile,email,language,time zone', line])[0]).toContain(problem)
  })

  it.each([
    ['en', 'en'],
    ['EN_gb', 'en'],
    ['eng', 'en'],
    ['ger', 'de'],
    ['Français', 'fr'],
    ['francais', 'fr'],
    ['alemán', 'de'],
    ['Englisch', 'en'],
    ['uk', 'uk'],
  ])('understands the language %s', (text, language) => {
    expect(read(['name,email,language', `Ana,ana@example.org,${text}`])[0]?.person?.language).toBe(language)
  })

  it('takes several mail addresses out of one cell, with or without names', () => {
    const cell = '"Ana Ruiz <ana@example.org>, ""Desk"" <desk@example.org>"'.replaceAll('""', '')
    expect(pointsOf(['name,email', `Ana,${cell}`, 'Bo,mailto:bo@example.org; bo2@example.org'])).toEqual([
      ['email ana@example.org', 'email desk@example.org'],
      ['email bo@example.org', 'email bo2@example.org'],
    ])
  })

  it('keeps one group whole under a singular heading and parts several under a plural one', () => {
    const groupsUnder = (heading: string) =>
      read([`name;email;${heading}`, 'Ana;a@example.org;"Night, Wharf"'])[0]?.person?.groups
    expect(groupsUnder('Group')).toEqual(['Night, Wharf'])
    expect(groupsUnder('Groups')).toEqual(['Night', 'Wharf'])
    const [row] = read(['name,email,groups', 'Ana,a@example.org,Accueil; nuit ::: '])
    expect(row?.person?.groups).toEqual(['Accueil; nuit'])
  })

  it('undoes the apostrophe that guards a cell against being a formula, and no other', () => {
    const names = read(['name,phone', `'=SUM(1),'+447700900123`, `''=x,`, `'t Hooft,`, `=x,`]).map(
      (row) => row.person?.name,
    )
    expect(names).toEqual(['=SUM(1)', `'=x`, `'t Hooft`, '=x'])
  })

  it('holds no control or direction characters in a name', () => {
    expect(read(['name,email', 'A\u0007na\u202e  Ruiz\u00a0,a@example.org'])[0]?.person?.name).toBe('Ana Ruiz')
  })

  it('that a quote never closed has run together with others is refused, so that nobody vanishes in it', () => {
    expect(problemsOf(['name,phone,note', 'Ana,07700900101,"x', 'Bo,07700900102,y', 'Cy,07700900103,z"'])[0]).toContain(
      'row row.swallowed refused',
    )
  })
})

describe('rows beside each other', () => {
  it('with the same external id are one person, and the second is refused', () => {
    expect(problemsOf(['id,name,email', '1,Ana,a@example.org', '1,Bo,b@example.org'])[1]).toEqual([
      'externalId person.duplicate_in_file refused',
    ])
  })

  it('with the same name and address are one person too', () => {
    expect(problemsOf(['name,email', 'Zoé Petit,z@example.org', 'zoe  PETIT,Z@example.org'])[1]).toEqual([
      'row person.duplicate_in_file refused',
    ])
  })

  it('with the same name and address but different external ids are two people who share an address', () => {
    expect(problemsOf(['id,name,email', '1,Ana,a@example.org', '2,Ana,a@example.org'])[1]).toEqual([
      'email contact.shared warning',
    ])
  })

  it('that share a phone are both taken, with a word about it', () => {
    const rows = read(['name,phone', 'Ana,020 7946 0018', 'Bo,020 7946 0018'])
    expect(rows[1]?.problems[0]).toMatchObject({ code: 'contact.shared', severity: 'warning' })
    expect(rows[1]?.problems[0]?.reason).toContain('Ana on line 2')
  })
})

describe('a file as a whole', () => {
  it.each([
    ['phone,email\n07700900123,a@example.org', 'import.no_name_column', 'name'],
    ['Ana,+447700900123\nBo,+447700900124', 'import.no_name_column', 'name'],
    ['name,shoe size\nAna,38', 'import.no_contact_column', 'phone'],
    ['name,phone', 'import.empty', 'file'],
    ['', 'import.empty', 'file'],
  ])('%j is refused with %s', (text, code, field) => {
    const bytes = new TextEncoder().encode(text)
    expect(() => finish(readPeopleFile(bytes, { region: 'GB' }))).toThrowError(expect.objectContaining({ code, field }))
  })
})

describe('numbers whose parts stand in columns of their own', () => {
  it.each([
    ['Name,Country code,Mobile', 'Ana,44,7700900123', 'voice +447700900123'],
    ['Name,Country code,Mobile', 'Ana,+44,07700900123', 'voice +447700900123'],
    ['Name,Country code,Mobile', 'Ana,GB,07700900123', 'voice +447700900123'],
    ['Name,Area code,Phone', 'Ana,020,79460018', 'voice +442079460018'],
    ['Name,Country code,Area code,Phone', 'Ana,44,020,79460018', 'voice +442079460018'],
    ['Name,Area code,Phone', 'Ana,020,+442079460018', 'voice +442079460018'],
  ])('are whole: %s with %s', (head, row, point) => {
    expect(pointsOf([head, row])[0]).toContain(point)
  })

  it('have the extension that stands beside them', () => {
    for (const header of ['Ext', 'Extension', 'Durchwahl', 'Poste']) {
      const [row] = read([`Name,Phone,${header}`, 'Ana,+442079460018,136'])
      expect(row?.person?.contactPoints).toMatchObject([{ kind: 'voice', address: '+442079460018', extension: '136' }])
    }
  })

  it('are put to a human where a part stands between two numbers or beside none', () => {
    for (const lines of [
      ['Name,Phone,Ext,Mobile', 'Ana,+442079460018,136,+447700900123'],
      ['Name,Phone,Email,Ext', 'Ana,+442079460018,ana@example.org,136'],
    ]) {
      expect(problemsOf(lines)[0]).toContain('phone phone.review review')
    }
    expect(problemsOf(['Name,Phone,Email,Ext', 'Ana,+442079460018,ana@example.org,'])[0]).not.toContain(
      'phone phone.review review',
    )
  })
})

describe('numbers that reach nobody', () => {
  it('or somebody else by their label are put to a human', () => {
    const lines = [
      'Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value',
      'Ana,Mobile,+447700900101,Wife,+447700900102',
    ]
    expect(problemsOf(lines)[0]).toContain('phone phone.review review')
    expect(pointsOf(lines).join()).not.toContain('900102')
  })

  const read = (...lines: string[]) =>
    finish(readPeopleFile(new TextEncoder().encode(lines.join('\n')), { region: 'GB' })).rows

  it('of a fax are left out with a remark, and the telephone beside it stays', () => {
    const [row] = read('name,phone', 'Ana,"Tel: 020 7946 0018 / Fax: 020 7946 0019"')
    expect(row?.person?.contactPoints.map(({ address }) => address)).toEqual(['+442079460018'])
    expect(row?.problems).toMatchObject([{ code: 'phone.fax', severity: 'warning' }])
  })

  it('because an address book labels them as old are put to a human', () => {
    const [row] = read('name,Phone 1 - Label,Phone 1 - Value', 'Ana,Old number,07700 900123')
    expect(row?.person?.contactPoints).toEqual([])
    expect(row?.problems).toMatchObject([{ code: 'phone.review', severity: 'review' }])
  })
})
