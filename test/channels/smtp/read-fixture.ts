import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../fixtures/mail')

/** A mail as a server brings it, with the name of the mail that it answers filled in. */
export function readFixture(name: string, fill: { id?: string; code?: string } = {}): string {
  const text = readFileSync(join(FOLDER, `${name}.eml`), 'utf8')
  const filled = text.replaceAll('{{ID}}', fill.id ?? '').replaceAll('{{CODE}}', fill.code ?? '4821')
  return filled.replace(/\r?\n/g, '\r\n')
}
