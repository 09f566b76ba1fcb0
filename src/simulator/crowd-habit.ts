import { hashText, logNormal, seededRandom } from './random.ts'

/** How one owner of a phone answers an alert. */
export type Habit =
  | 'sms-digit'
  | 'sms-word'
  | 'push-button'
  | 'rings-back'
  | 'only-when-rung'
  | 'unclear'
  | 'busy'
  | 'voicemail'
  | 'never'

/** Shares of a hundred phones; the first six, four fifths, answer in their way. */
const SHARES: [Habit, number][] = [
  ['sms-digit', 34],
  ['sms-word', 8],
  ['push-button', 16],
  ['rings-back', 5],
  ['only-when-rung', 15],
  ['unclear', 2],
  ['busy', 5],
  ['voicemail', 6],
  ['never', 9],
]

const MEDIAN_MS = 22_000
const SIGMA = 0.8
const BOUNDS_MS = [2_500, 150_000] as const

/** A generator that depends only on the seed and the number, and on what it is for. */
export function habitRandom(seed: number, number: string, purpose: string): () => number {
  return seededRandom(hashText(`${seed}:${number}:${purpose}`))
}

/** The habit of a number's owner in the crowd of that seed. */
export function habitOf(seed: number, number: string): Habit {
  let left = habitRandom(seed, number, 'habit')() * 100
  for (const [habit, share] of SHARES) {
    if (left < share) return habit
    left -= share
  }
  return 'never'
}

/** Milliseconds until the owner reacts: log-normal, seconds to a couple of minutes. */
export function reactionMs(random: () => number): number {
  return Math.min(BOUNDS_MS[1], Math.max(BOUNDS_MS[0], logNormal(random, MEDIAN_MS, SIGMA)))
}
