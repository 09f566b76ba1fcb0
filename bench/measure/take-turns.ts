import { foreignShare, isQuiet } from './foreign-share.ts'
import type { Options } from './options.ts'
import { CORES, peakMemory, secondsWorked, takeSnapshot, waitForCalm } from './processor.ts'

/** One go of one contender, with everything prepared and warmed up. */
export interface Turn {
  /** The processes whose work and memory are the contender's. */
  pids: readonly number[]
  /** The counted work; resolves when it is done and recorded. */
  work(): Promise<void>
  /** Figures of its own. @throws when the work was not done, every message once */
  prove(): Promise<Record<string, number>>
  end(): Promise<void>
}

export interface Contender {
  name: string
  begin(round: number): Promise<Turn>
}

/** What one turn came to: `seconds`, `worked` (seconds of processor), `memory` (MiB), and the turn's own figures. */
export type Figures = Record<string, number>

export interface Rounds {
  /** By contender's name; only rounds that count. */
  rounds: Map<string, Figures>[]
  /** Rounds that other processes disturbed too often to count. */
  thrownAway: number
  /** Rounds that count although other processes disturbed them, as was asked for. */
  noisy: number
}

/** A turn that was disturbed is repeated at once, so often at most. */
const TRIES = 4
const LONGEST_WAIT = 20_000

/**
 * Lets contenders take turns, A B C A B C, after a first round that only warms up. A turn in which other processes took
 * more than their share is repeated; a round with one that stays disturbed is thrown away and repeated, until as many
 * were thrown away as are wanted. With `noisy` everything counts, and is marked.
 *
 * @throws when no round counts, or a contender did not do its work
 */
export async function takeTurns(contenders: readonly Contender[], options: Options): Promise<Rounds> {
  const result: Rounds = { rounds: [], thrownAway: 0, noisy: 0 }
  for (let round = options.warmUp ? 0 : 1; result.rounds.length < options.rounds; round++) {
    if (result.thrownAway > options.rounds) {
      console.error(`${result.rounds.length} of ${options.rounds} rounds counted: other processes disturbed the rest.`)
      break
    }
    const figures = new Map<string, Figures>()
    let quiet = true
    for (const contender of contenders) {
      const { share, ...turn } = await tryTurn(contender, round, options)
      figures.set(contender.name, turn.figures)
      quiet &&= isQuiet(share)
      const rate = `${turn.figures.seconds?.toFixed(2)} s, ${Math.round(share * 100)} % of the processor elsewhere`
      console.error(`  ${round === 0 ? 'warm-up' : `round ${round}`}, ${contender.name}: ${rate}`)
      if (!quiet && !options.noisy && round > 0) break
    }
    if (round === 0) continue
    if (quiet || options.noisy) {
      result.rounds.push(figures)
      if (!quiet) result.noisy++
    } else result.thrownAway++
  }
  if (result.rounds.length === 0) throw new Error('other processes disturbed every round')
  return result
}

async function tryTurn(contender: Contender, round: number, options: Options) {
  for (let attempt = 1; ; attempt++) {
    const turn = await takeTurn(contender, round, options)
    if (isQuiet(turn.share) || options.noisy || round === 0 || attempt === TRIES) return turn
  }
}

async function takeTurn(contender: Contender, round: number, options: Options) {
  const turn = await contender.begin(round)
  try {
    if (!options.noisy && round > 0) await waitForCalm(LONGEST_WAIT)
    const before = takeSnapshot()
    const worked = secondsWorked(turn.pids)
    const start = performance.now()
    await turn.work()
    const seconds = (performance.now() - start) / 1000
    const figures: Figures = { seconds, worked: secondsWorked(turn.pids) - worked, memory: peakMemory(turn.pids) }
    const share = foreignShare(before, takeSnapshot(), CORES)
    return { share, figures: { ...figures, ...(await turn.prove()) } }
  } catch (error) {
    throw new Error(`${contender.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  } finally {
    await turn.end()
  }
}
