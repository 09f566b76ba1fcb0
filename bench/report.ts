import { cpus } from 'node:os'

/** Rounds that count; ours and the peer take turns within each. */
export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)

interface Figures {
  value: number
  ratio_to: string
  ratio: number
  runs: number
}

/** The median of ours, and the median of the ratios within each round. */
export function ratios(ours: readonly number[], peer: readonly number[], peerName: string): Figures {
  const each = ours.map((value, index) => value / (peer[index] ?? Number.NaN))
  return { value: round(median(ours)), ratio_to: peerName, ratio: round(median(each)), runs: ours.length }
}

/** One JSON object on one line per result. */
export function print(result: { bench: string; case: string; n: number; unit: string } & Figures): void {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown' }
  process.stdout.write(`${JSON.stringify({ ...result, ...machine })}\n`)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
