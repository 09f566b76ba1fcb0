import { describe, expect, it } from 'vitest'
import { guessColumns } from '../../../src/domain/people/guess-columns.ts'
import { readPeopleFile } from '../../../src/domain/people/read-people-file.ts'
import { finish } from '../finish.ts'

function rolesOf(header: string): string[] {
  return guessColumns(header.split(',')).columns.map((column) => column.role)
}

describe('the columns of a people file', () => {
  const ours = [
    'externalId',
    'name',
    'mobile',
    'phone',
    'email',
    'language',
    'timeZone',
    'groups',
    'duty',
    'reportsTo',
    'deputy',
  ]

  it.each([
    'id,name,mobile,phone,email,language,time zone,groups,duty,reports to,deputy',
    'External ID,FULL NAME,Cell phone,Telephone,E-Mail,Lang,time_zone,Team,Role,Manager,Substitute',
    'Personalnummer,Name,Handy,Telefon,E-Mail-Adresse,Sprache,Zeitzone,Gruppen,Funktion,Vorgesetzte/r,Stellvertreter',
    'Matricule,Nom et prénom,Portable,Téléphone fixe,Courriel,Langue,Fuseau horaire,Groupes,Fonction,Responsable,Suppléant',
    'Identificador,Nombre y apellidos,Móvil,Teléfono,Correo electrónico,Idioma,Zona horaria,Grupos,Función,Jefe,Suplente',
  ])('are known by their usual names: %s', (header) => {
    expect(rolesOf(header)).toEqual(ours)
  })

  it.each([
    ['Nom,Prénom,Tél.', ['lastName', 'firstName', 'phone']],
    ['Name,Vorname,Mobil', ['lastName', 'firstName', 'mobile']],
    ['Nombre,Apellidos,Móvil', ['firstName', 'lastName', 'mobile']],
    ['First name,Last name,Mobile', ['firstName', 'lastName', 'mobile']],
    ['Name,Given Name,Family Name,Phone', ['name', 'firstName', 'lastName', 'phone']],
  ])('tell a family name from a whole one: %s', (header, roles) => {
    expect(rolesOf(header)).toEqual(roles)
  })

  it('pair the labels of an address book with their values', () => {
    const { columns, unknown } = guessColumns([
      'Name',
      'Phone 1 - Label',
      'Phone 1 - Value',
      'E-mail 1 - Type',
      'E-mail 1 - Value',
    ])
    expect(columns.map(({ role, labelIndex }) => [role, labelIndex])).toEqual([
      ['name', undefined],
      ['phone', 1],
      ['email', 3],
    ])
    expect(unknown).toEqual([])
  })

  it('that mean nothing here are listed, and so is a second one that may stand only once', () => {
    expect(guessColumns(['name', 'phone', 'Shoe size', 'Full name', '']).unknown).toEqual([
      { header: 'Shoe size', index: 2 },
      { header: 'Full name', index: 3 },
    ])
  })

  it('for fax numbers and notes are known, so that no alert is sent to a fax', () => {
    expect(rolesOf('name,phone,Business Fax,Notes')).toEqual(['name', 'phone', 'fax', 'note'])
  })
})

describe('headers as people write them', () => {
  it.each([
    ['N° de téléphone portable', 'mobile'],
    ['Nº móvil', 'mobile'],
    ['No. de tél. portable', 'mobile'],
    ['Mobile (work)', 'mobile'],
    ['Tél. fixe', 'phone'],
    ['Tél bureau', 'phone'],
    ['Teléfono de contacto', 'phone'],
    ['Tel. dienstl.', 'phone'],
    ['Work Tel', 'phone'],
    ['Telefon (privat)', 'phone'],
    ['Contact number', 'phone'],
    ['Tél. fixe / portable', 'phone'],
    ['Courriel', 'email'],
    ['Mél', 'email'],
    ['Adresse e-mail professionnelle', 'email'],
    ['Correo electrónico de contacto', 'email'],
    ['N° de fax', 'fax'],
    ['Emergency contact phone', undefined],
    ['Téléphone en cas d’urgence', undefined],
    ['Mobile provider', undefined],
    ['Adresse', undefined],
    ['No', undefined],
  ])('%s is %s', (header, role) => {
    expect(guessColumns([header]).columns[0]?.role).toBe(role)
  })

  it('that are not read are warned of when they hold numbers or addresses', () => {
    const read = (header: string, ...cells: string[]) => {
      const lines = [`name,phone,${header}`, ...cells.map((cell, at) => `Person ${at},+44770090010${at},${cell}`)]
      return finish(readPeopleFile(new TextEncoder().encode(lines.join('\n')), { region: 'GB' })).warnings
    }
    expect(read('Rufbereitschaft', '+44 7700 900123', '')).toMatchObject([expect.stringContaining('Rufbereitschaft')])
    expect(read('Erreichbar', 'ana@example.org', 'bo@example.org')).toHaveLength(1)
    expect(read('Born', '1980-01-02', '02.03.1991')).toEqual([])
    expect(read('Shoe size', '43', '41')).toEqual([])
  })
})
