import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyImport, importPeople } from '../../src/application/people/import-people.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { openHome } from '../../src/platform/node/open-home.ts'
import { environmentOf } from '../service/prepare-folder.ts'
import { writeCarriers } from '../service/write-carriers.ts'
import { serveWork } from './serve-work.ts'

/** Looks at a file and applies what was shown, durably, in an empty service. */
const HOST = { kind: 'host' } as const
const folder = process.env.FOLDER ?? ''
writeCarriers(folder, [{ name: 'first', account: 1, url: 'http://127.0.0.1:9' }])
const { deps, close } = await openHome(readEnvironment(environmentOf(folder)), 'http://localhost:1', {}, () => {})
await serveWork(async () => {
  const file = readFileSync(join(folder, 'people.csv'))
  const start = performance.now()
  const shown = await importPeople(deps, HOST, { file, mode: 'preview', refused: 'skip', tree: null }, null)
  const preview = performance.now() - start
  const decided = { decisions: [], remove: [], refused: null }
  const { created } = await applyImport(deps, HOST, shown.id, decided, null)
  close()
  return { rows: created, preview }
})
