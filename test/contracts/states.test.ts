import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../src/application/deps.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { TEMPLATE } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'
import { readDiagrams, withShortcuts } from './read-diagrams.ts'
import { arrowsBetween, closeCase, HAPPENINGS, openCase, readStanding } from './state-case.ts'

const HOST = { kind: 'host' } as const

/** How each state is come to; from the end of each way everything that may happen is tried. */
const WAYS: readonly (readonly (keyof typeof HAPPENINGS)[])[] = [
  [],
  ['claimed'],
  ['claimed', 'taken'],
  ['claimed', 'refused'],
  ['claimed', 'to be tried again'],
  ['claimed', 'not answered'],
  ['claimed', 'its lease ran out and it is claimed again'],
  ['claimed', 'its lease ran out and it is claimed again', 'taken'],
  ['claimed', 'its lease ran out and it is claimed again', 'refused'],
  ['claimed', 'reported accepted'],
  ['claimed', 'reported lost for now'],
  ['claimed', 'reported as voicemail'],
  ['claimed', 'taken', 'reported delivered'],
  ['claimed', 'taken', 'reported lost for good'],
  ['claimed', 'taken', 'reported as voicemail'],
  ['claimed', 'taken', 'its carrier is slow'],
  ['claimed', 'taken', 'its owner told the sender to stop'],
  ['claimed', 'no longer wanted'],
  ['claimed', 'taken', 'opened by its link'],
  ['claimed', 'taken', 'answered'],
  ['claimed', 'taken', 'closed'],
  ['claimed', 'taken', 'its lifetime ends'],
  ['claimed', 'not answered', 'closed'],
  ['claimed', 'taken', 'updated', 'claimed'],
  ['claimed', 'taken', 'called off'],
  ['sent in error'],
  ['answered'],
  ['closed'],
  ['its lifetime ends'],
]

/** Of what moves nothing, one in so many is tried on D1 too, whose statements are the same. */
const STILL_TRIED = 40

const diagrams = readDiagrams()
const SKIPPABLE = new Set(['recipient'])
const allowed = new Map(
  [...diagrams].map(([name, arrows]) => [name, SKIPPABLE.has(name) ? withShortcuts(arrows) : arrows]),
)

/** Cases with what moves in them, one at least for each arrow: these are tried on the other database too. */
const moving: { one: Case; moves: string[] }[] = []
const still: Case[] = []

interface Case {
  way: (typeof WAYS)[number]
  what: string
}

let now = Date.UTC(2027, 0, 15, 3)

async function openDeps({ database }: OpenDatabase): Promise<Deps> {
  const keyring = readKeyring(makeSecret())
  if (!keyring) throw new Error('no keyring')
  const settings = { organisation: 'Harbour Watch', publicUrl: 'https://alerts.example.org', region: 'GB' }
  const deps = composeDeps({
    instance: 'test',
    database,
    keyring,
    settings: { ...settings, language: 'en', demo: false },
    carriers: [],
    fetch,
    clock: () => now,
    nudge: () => {},
  })
  const file = new TextEncoder().encode('id,name,mobile\nA,Amira Khan,+447700900101')
  await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
  await saveTemplate(deps, HOST, TEMPLATE, null, null)
  return deps
}

/** Goes a way, lets one thing more happen, and answers what that moved; `seen` is told of every arrow. */
async function tryCase(deps: Deps, { way, what }: Case, seen: (diagram: string, arrow: string) => void = () => {}) {
  const state = await openCase(deps, (ms) => {
    now += ms
  })
  const raised = await readStanding(state)
  for (const step of way) await HAPPENINGS[step]?.(state)
  const before = await readStanding(state)
  await HAPPENINGS[what]?.(state)
  const moves = arrowsBetween(before, await readStanding(state))
  for (const { diagram, arrow } of [...arrowsBetween(new Map(), raised), ...moves]) seen(diagram, arrow)
  await closeCase(state)
  return moves.map(({ diagram, arrow }) => `${diagram} ${arrow}`).sort()
}

describe('the states of ARCHITECTURE.md and those of the store', () => {
  const seen = new Map<string, Set<string>>([...diagrams.keys()].map((name) => [name, new Set()]))
  let opened: OpenDatabase
  let deps: Deps
  beforeAll(async () => {
    opened = await openSqlite()
    deps = await openDeps(opened)
  })
  afterAll(() => opened.close())

  it('are drawn as four diagrams', () => {
    expect([...diagrams.keys()]).toEqual(['alert', 'delivery', 'attempt', 'recipient'])
  })

  it.each(WAYS.map((way) => [way.join(', ') || 'the beginning', way] as const))(
    'move only along an arrow, whatever happens after: %s',
    async (_way, way) => {
      const strange: string[] = []
      for (const what of Object.keys(HAPPENINGS)) {
        const moves = await tryCase(deps, { way, what }, (diagram, arrow) => {
          seen.get(diagram)?.add(arrow)
          if (!allowed.get(diagram)?.has(arrow)) strange.push(`${diagram} ${arrow}: ${what}`)
        })
        const known = new Set(moving.flatMap((other) => other.moves))
        if (moves.length === 0) still.push({ way, what })
        else if (moves.some((move) => !known.has(move))) moving.push({ one: { way, what }, moves })
      }
      expect(strange).toEqual([])
    },
  )

  it('have taken every arrow that is drawn', () => {
    for (const [name, arrows] of diagrams) {
      expect([name, [...arrows].filter((arrow) => !seen.get(name)?.has(arrow))]).toEqual([name, []])
    }
  })

  it('move in the same way on D1', { timeout: 600_000 }, async () => {
    const workerd = await openWorkerd()
    try {
      const onD1 = await openDeps(workerd)
      for (const { one, moves } of moving) expect([one, await tryCase(onD1, one)]).toEqual([one, moves])
      const some = still.filter((_case, index) => index % STILL_TRIED === 0)
      for (const one of some) expect([one, await tryCase(onD1, one)]).toEqual([one, []])
    } finally {
      await workerd.close()
    }
  })
})
