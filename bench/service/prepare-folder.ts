import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKey } from '../../src/application/access/sign-in.ts'
import type { Deps } from '../../src/application/deps.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { openHome } from '../../src/platform/node/open-home.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import { makeFolder } from '../measure/clean-up.ts'
import { FIRST_WARM, numberOf } from '../sink/protocol.ts'
import { writeCarriers } from './write-carriers.ts'

const HOST = { kind: 'host' } as const
/** One secret for a whole run: folders are copied. */
const SECRET = makeSecret()
export const PUBLIC_URL = 'https://alerts.example.org'
export const WARM_PEOPLE = 500
/** An import takes no more rows at once, and a tree no more people. */
const PER_TREE = 100_000

/** A data folder of a live service with everything in it, from which copies are started. */
export interface Prepared {
  folder: string
  key: string
  /** The trees that hold the counted people, in order. */
  trees: string[]
  people: number
}

export function environmentOf(folder: string): Record<string, string> {
  return {
    TOCSIN_DATA: folder,
    TOCSIN_SECRET: SECRET,
    TOCSIN_CARRIERS: join(folder, 'carriers.json'),
    TOCSIN_PUBLIC_URL: PUBLIC_URL,
  }
}

const kept = new Map<string, Promise<Prepared>>()

/**
 * People, trees, a template and a key; prepared once for each number of people.
 *
 * @param others so many people more, in a tree `Others`
 */
export function prepareFolder(people: number, others = 0): Promise<Prepared> {
  const size = `${people} ${others}`
  const known = kept.get(size) ?? fillFolder(people, others)
  kept.set(size, known)
  return known
}

async function fillFolder(people: number, others: number): Promise<Prepared> {
  const folder = makeFolder('prepared')
  writeCarriers(folder, [{ name: 'first', account: 1, url: 'http://127.0.0.1:9' }])
  const { deps, close } = await openHome(readEnvironment(environmentOf(folder)), 'http://localhost:1', {}, () => {})
  try {
    const trees: string[] = []
    for (let from = 0; from < people; from += PER_TREE) {
      trees.push(`Part ${trees.length + 1}`)
      await importRange(deps, { from, to: Math.min(people, from + PER_TREE) }, undefined, `Part ${trees.length}`)
    }
    if (others > 0) await importRange(deps, { from: people, to: people + others }, undefined, 'Others')
    await importRange(deps, { from: 0, to: WARM_PEOPLE }, FIRST_WARM, 'Warm-up')
    await saveTemplates(deps)
    const { secret } = await createKey(deps, HOST, { name: 'Bench', role: 'commander' }, null)
    return { folder, key: secret, trees, people }
  } finally {
    close()
    writeFileSync(join(folder, 'carriers.json'), '')
  }
}

async function importRange(
  deps: Deps,
  { from, to }: { from: number; to: number },
  first: number | undefined,
  tree: string,
): Promise<void> {
  const rows = ['id,name,mobile']
  const mark = first === undefined ? 'P' : 'W'
  for (let index = from; index < to; index++) rows.push(`${mark}${index},Person ${index},${numberOf(index, first)}`)
  const file = new TextEncoder().encode(rows.join('\n'))
  await importPeople(deps, HOST, { file, mode: 'apply', refused: 'skip', tree }, null)
}

async function saveTemplates(deps: Deps): Promise<void> {
  const label = { en: 'I am safe' }
  const texts = { en: { title: 'Evacuate', body: 'Building 4 evacuated. Go to assembly point B.' } }
  const responses = [{ digit: '1', code: 'safe', accepts: true, needsHelp: false, label }]
  const plan = [{ after: 'PT0S', channels: ['sms' as const] }]
  const base = { name: 'Bench', severity: 'severe', strategy: 'broadcast', lifetime: 'PT12H' } as const
  await saveTemplate(deps, HOST, { ...base, plan, texts, responses }, null, null)
}
