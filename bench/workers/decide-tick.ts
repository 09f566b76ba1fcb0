import { type ContactFacts, UNTOUCHED } from '../../src/domain/strategies/contact-facts.ts'
import { decideContacts } from '../../src/domain/strategies/decide-contacts.ts'
import { layTrees } from '../../src/domain/strategies/lay-trees.ts'
import type { AlertRules } from '../../src/domain/strategies/strategy-rules.ts'
import { serveWork } from './serve-work.ts'

/** Lays out a tree of a cascade and decides who is next at a moment at which nobody is. */
const NODES = Number(process.env.NODES)
const BRANCHES = Number(process.env.BRANCHES)
const TICKS = 20
const HOLD = 300_000
const START = Date.UTC(2027, 2, 1, 14, 5)

const nodes = Array.from({ length: NODES }, (_, index) => ({
  person: `person ${index}`,
  deputies: [],
  ...(index === 0 ? {} : { parent: `person ${Math.floor((index - 1) / BRANCHES)}` }),
}))
const rules: AlertRules = { kind: 'live', severity: 'severe', strategy: { name: 'cascade', hold: HOLD } }
const leaves = Math.floor((NODES - 2) / BRANCHES) + 1

/** Everybody who has people below has answered, and the last level is waited for. */
const people = new Map<string, ContactFacts>(
  nodes.map(({ person }, index) => {
    const answer = index < leaves ? { at: START + 1_000, accepts: true } : null
    return [person, { ...UNTOUCHED, startedAt: START, firstAnswer: answer, latestAnswer: answer }]
  }),
)

const time = (work: () => void) => {
  const start = performance.now()
  work()
  return performance.now() - start
}

await serveWork(async () => {
  let laid = layTrees([])
  const layings = Array.from({ length: 3 }, () =>
    time(() => {
      laid = layTrees([{ id: 'tree', nodes }])
    }),
  )
  let started = 0
  const ticks = Array.from({ length: TICKS }, (_, tick) =>
    time(() => {
      started += decideContacts(rules, laid, { people, cards: [], passes: [] }, START + 2_000 + tick).start.length
    }),
  )
  const depth = depthOf(NODES - 1)
  return { lay: middle(layings), tick: middle(ticks), started, places: laid.places.length, depth }
})

function depthOf(index: number): number {
  return index === 0 ? 1 : 1 + depthOf(Math.floor((index - 1) / BRANCHES))
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
