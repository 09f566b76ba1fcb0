import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { serveWork } from './serve-work.ts'

/** The least that an import could be: the rows of the file, and each number read once, nothing compared or kept. */
const file = join(process.env.FOLDER ?? '', 'people.csv')
await serveWork(async () => {
  const rows = parse(readFileSync(file), { bom: true, columns: true }) as Record<string, string>[]
  let numbers = 0
  for (const { mobile = '', phone = '' } of rows) {
    for (const text of [mobile, phone]) {
      if (text !== '' && parsePhoneNumberFromString(text, 'GB')?.isPossible()) numbers++
    }
  }
  return { rows: rows.length, numbers }
})
