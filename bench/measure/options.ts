import { parseArgs } from 'node:util'

export interface Options {
  /** The benches to run; none means all. */
  names: string[]
  /** Rounds that count. */
  rounds: number
  /** Instead of the bench's own sizes. */
  sizes: number[] | null
  /** Rounds count although other processes disturb them, and are marked. For trying a bench out. */
  noisy: boolean
  /** A round before those that count. */
  warmUp: boolean
  /** Only peers with one of these words in their names; null means all. */
  peers: string[] | null
  /** A file of results to show as a table, instead of measuring. */
  table: string | null
}

export const USAGE = `npm run bench -- [NAME...] [--rounds 5] [--n 10000,100000] [--peers bullmq,undici] [--noisy] [--no-warm-up]
npm run -s bench -- --table FILE   shows results as Markdown`

/** @throws Error that says which option is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      n: { type: 'string' },
      peers: { type: 'string' },
      noisy: { type: 'boolean', default: false },
      'no-warm-up': { type: 'boolean', default: false },
      table: { type: 'string' },
    },
  })
  return {
    names: positionals,
    rounds: readCount('rounds', values.rounds),
    sizes: values.n?.split(',').map((text) => readCount('n', text)) ?? null,
    noisy: values.noisy,
    warmUp: !values['no-warm-up'],
    peers: values.peers?.toLowerCase().split(',') ?? null,
    table: values.table ?? null,
  }
}

function readCount(option: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${option}: "${text}" is no count.`)
  return count
}

export function wantsPeer(options: Pick<Options, 'peers'>, name: string): boolean {
  return options.peers === null || options.peers.some((word) => name.toLowerCase().includes(word))
}
