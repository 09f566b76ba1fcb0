import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/domain/people/read-table.ts'
import { finish } from '../finish.ts'

describe('a table of people', () => {
  it.each([
    ['name,phone,groups\nAna,1,a;b;c\n', ','],
    ['name;phone;groups\nAna;1;a,b,c\n', ';'],
    ['name\tphone\nAna, Dr\t1\n', '\t'],
    ['name|phone\nAna;B|1\n', '|'],
    ['"name; first, last",phone\nAna,1\n', ','],
    ['name\nAna\n', ','],
  ])('is parted by the separator of its header: %j', (text, separator) => {
    expect(finish(readTable(text)).separator).toBe(separator)
  })

  it('believes a first line that names the separator, and still counts it as a line', () => {
    const table = finish(readTable('sep=;\nname;phone,x\nAna;1\n'))
    expect(table).toMatchObject({ separator: ';', header: { line: 2, cells: ['name', 'phone,x'] } })
    expect(table.rows).toEqual([{ line: 3, cells: ['Ana', '1'] }])
  })

  it('passes over blank rows anywhere, also between the header and the first person', () => {
    const table = finish(readTable('\n\nname,phone\n\n , \nAna,1\n,\n\nBo,2\n\n'))
    expect(table.header.line).toBe(3)
    expect(table.rows.map((row) => [row.line, row.cells[0]])).toEqual([
      [6, 'Ana'],
      [9, 'Bo'],
    ])
  })

  it.each(['\n', '\r', '\r\n'])('reads lines that end in %j, also inside a quoted cell', (end) => {
    const table = finish(readTable(['name,note', '"Ana","first', 'second"', 'Bo,x', ''].join(end)))
    expect(table.rows).toEqual([
      { line: 2, cells: ['Ana', 'first\nsecond'] },
      { line: 4, cells: ['Bo', 'x'] },
    ])
  })

  it('keeps a quote that stands in the middle of a cell', () => {
    expect(finish(readTable('name,phone\nD"Arcy,1\n"Jo ""J"" Smith",2\n')).rows.map((row) => row.cells[0])).toEqual([
      'D"Arcy',
      'Jo "J" Smith',
    ])
  })

  it('refuses a quote that is never closed with the line where it opens, instead of losing everybody below', () => {
    expect(() => finish(readTable('name,phone\nAna,1\n"Bo,2\nCy,3\n'))).toThrowError(/line 3/)
  })

  it.each(['', '\n\n', 'name,phone\n', 'name,phone\n\n,\n'])('refuses %j, which names nobody', (text) => {
    expect(() => finish(readTable(text))).toThrowError(expect.objectContaining({ code: 'import.empty', field: 'file' }))
  })

  it('gives back any cells that were written with quotes', () => {
    const cell = fc.string({ unit: 'grapheme-ascii' }).map((text) => `x${text}x`)
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        (people, separator, end) => {
          const quoted = people.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(separator))
          const table = finish(readTable([['name', 'phone', 'note'].join(separator), ...quoted].join(end)))
          expect(table.separator).toBe(separator)
          expect(table.rows.map((row) => row.cells)).toEqual(people)
        },
      ),
    )
  })
})

describe('a quote in the wrong place', () => {
  const read = (text: string) => finish(readTable(text)).rows

  it.each([
    ['"Bo" Li,+447700900102', ['"Bo" Li', '+447700900102']],
    ['Li "Bo" Bo,+447700900102', ['Li "Bo" Bo', '+447700900102']],
    ['"Bo""s" Li,+447700900102', ['"Bo""s" Li', '+447700900102']],
    ['  "Bo"  ,+447700900102', ['Bo', '+447700900102']],
  ])('around a nickname (%s) stays in the name, and everybody else is read', (line, cells) => {
    expect(read(`name,phone\nAna,1\n${line}\nCy,3\n`)).toEqual([
      { line: 2, cells: ['Ana', '1'] },
      { line: 3, cells },
      { line: 4, cells: ['Cy', '3'] },
    ])
  })

  it.each(['"Bo, Jr" Li,2', '"Bo,2\nDi "D" X,4'])(
    'that may part the row otherwise (%j) is flagged on its row alone',
    (lines) => {
      const rows = read(`name,phone\nAna,1\n${lines}\nCy,3\n`)
      expect(rows.map(({ torn }) => torn ?? false)).toEqual([false, true, ...rows.slice(2).map(() => false)])
      expect(rows.at(-1)?.cells).toEqual(['Cy', '3'])
    },
  )
})

describe('a file of another form', () => {
  it.each([
    ['[{"name":"Ana","phone":"+447700900101"}]', /JSON/],
    ['{"people": []}', /JSON/],
    ['<!DOCTYPE html><table>', /web page/],
  ])('is named: %s', (text, form) => {
    expect(() => finish(readTable(text))).toThrowError(form)
    expect(() => finish(readTable(text))).toThrowError(expect.objectContaining({ code: 'import.not_table' }))
  })
})
