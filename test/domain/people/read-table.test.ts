import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/domain/people/read-table.ts'

describe('a table of people', () => {
  it.each([
    ['name,phone,groups\nAna,1,a;b;c\n', ','],
    ['name;phone;groups\nAna;1;a,b,c\n', ';'],
    ['name\tphone\nAna, Dr\t1\n', '\t'],
    ['name|phone\nAna;B|1\n', '|'],
    ['"name; first, last",phone\nAna,1\n', ','],
    ['name\nAna\n', ','],
  ])('is parted by the separator of its header: %j', (text, separator) => {
    expect(readTable(text).separator).toBe(separator)
  })

  it('believes a first line that names the separator, and still counts it as a line', () => {
    const table = readTable('sep=;\nname;phone,x\nAna;1\n')
    expect(table).toMatchObject({ separator: ';', header: { line: 2, cells: ['name', 'phone,x'] } })
    expect(table.rows).toEqual([{ line: 3, cells: ['Ana', '1'] }])
  })

  it('passes over blank rows anywhere, also between the header and the first person', () => {
    const table = readTable('\n\nname,phone\n\n , \nAna,1\n,\n\nBo,2\n\n')
    expect(table.header.line).toBe(3)
    expect(table.rows.map((row) => [row.line, row.cells[0]])).toEqual([
      [6, 'Ana'],
      [9, 'Bo'],
    ])
  })

  it.each(['\n', '\r', '\r\n'])('reads lines that end in %j, also inside a quoted cell', (end) => {
    const table = readTable(['name,note', '"Ana","first', 'second"', 'Bo,x', ''].join(end))
    expect(table.rows).toEqual([
      { line: 2, cells: ['Ana', 'first\nsecond'] },
      { line: 4, cells: ['Bo', 'x'] },
    ])
  })

  it('keeps a quote that stands in the middle of a cell', () => {
    expect(readTable('name,phone\nD"Arcy,1\n"Jo ""J"" Smith",2\n').rows.map((row) => row.cells[0])).toEqual([
      'D"Arcy',
      'Jo "J" Smith',
    ])
  })

  it('refuses a quote that is never closed with the line where it opens, instead of losing everybody below', () => {
    expect(() => readTable('name,phone\nAna,1\n"Bo,2\nCy,3\n')).toThrowError(/line 3/)
  })

  it.each(['', '\n\n', 'name,phone\n', 'name,phone\n\n,\n'])('refuses %j, which names nobody', (text) => {
    expect(() => readTable(text)).toThrowError(expect.objectContaining({ code: 'import.empty', field: 'file' }))
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
          const table = readTable([['name', 'phone', 'note'].join(separator), ...quoted].join(end))
          expect(table.separator).toBe(separator)
          expect(table.rows.map((row) => row.cells)).toEqual(people)
        },
      ),
    )
  })
})
