import { cpus } from 'node:os'
import { median, rounded } from './statistics.ts'
import type { Figures, Rounds } from './take-turns.ts'

/** One line of the output. */
export interface Result {
  bench: string
  case: string
  n: number
  unit: string
  value: number
  ratio_to: string
  ratio: number
  runs: number
  node: string
  cpu: string
  /** What is aimed at. */
  target?: string
  met?: boolean
  thrown_away?: number
  noisy?: number
}

/** Somebody who could not take part, and how that is mended. */
export interface Missing {
  bench: string
  missing: string
  install: string
}

export interface Heading {
  bench: string
  case: string
  n: number
  unit: string
}

/** What is aimed at, of a ratio or of a value. */
export interface Target {
  of: 'ratio' | 'value'
  least?: number
  most?: number
}

type Measure = (figures: Figures) => number

export const shown: (Result | Missing)[] = []

/** The median of ours, and the median of the ratios to the peer within each round. */
export function compare(
  heading: Heading,
  { rounds, ...disturbed }: Rounds,
  ours: { name: string; pick: Measure },
  peer: { name: string; pick: Measure },
  target?: Target,
): void {
  const pairs = rounds.map((round) => ({
    own: ours.pick(round.get(ours.name) ?? {}),
    other: peer.pick(round.get(peer.name) ?? {}),
  }))
  const value = median(pairs.map(({ own }) => own))
  const ratio = median(pairs.map(({ own, other }) => own / other))
  printResult(heading, { value, ratio, ratioTo: peer.name, runs: pairs.length }, disturbed, target)
}

/** Where the peer is a figure that stands fixed. */
export function compareToFixed(
  heading: Heading,
  values: readonly number[],
  fixed: { name: string; value: number },
  disturbed: Disturbed,
  target?: Target,
): void {
  const value = median(values)
  const ratio = value / fixed.value
  printResult(heading, { value, ratio, ratioTo: fixed.name, runs: disturbed.runs ?? values.length }, disturbed, target)
}

/** `runs` where several rounds came to one value. */
type Disturbed = Partial<Record<'thrownAway' | 'noisy' | 'runs', number>>

function printResult(
  heading: Heading,
  found: { value: number; ratio: number; ratioTo: string; runs: number },
  { thrownAway = 0, noisy = 0 }: Disturbed,
  target: Target | undefined,
): void {
  print({
    ...heading,
    value: rounded(found.value),
    ratio_to: found.ratioTo,
    ratio: rounded(found.ratio),
    runs: found.runs,
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    ...(target ? judge(target, found) : {}),
    ...(thrownAway > 0 ? { thrown_away: thrownAway } : {}),
    ...(noisy > 0 ? { noisy } : {}),
  })
}

function judge(target: Target, found: { value: number; ratio: number }): { target: string; met: boolean } {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = target
  const figure = rounded(found[target.of])
  const bounds = [
    ...(target.least === undefined ? [] : [`≥ ${target.least}`]),
    ...(target.most === undefined ? [] : [`≤ ${target.most}`]),
  ]
  return { target: `${target.of} ${bounds.join(', ')}`, met: figure >= least && figure <= most }
}

/** Names whoever could not take part. */
export function printMissing(missing: Missing): void {
  print(missing)
  console.error(`  ${missing.missing} does not take part. To have it: ${missing.install}`)
}

function print(line: Result | Missing): void {
  shown.push(line)
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
