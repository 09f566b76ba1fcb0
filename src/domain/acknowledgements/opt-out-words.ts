import { foldText, tokensOf } from './fold-text.ts'

// The provider's own words, alone: https://help.twilio.com/articles/223134027. YES, which also opts in there, is an
// answer here.
const STOP = new Set('stop stopall unsubscribe cancel end quit revoke optout'.split(' '))
const START = new Set('start unstop'.split(' '))

/** Whether a text is exactly one of the words with which carriers let people opt out or in. */
export function readOptOut(text: string): 'opt_out' | 'opt_in' | null {
  const word = loneWord(text) ?? ''
  if (STOP.has(word)) return 'opt_out'
  return START.has(word) ? 'opt_in' : null
}

const ASKING = ['help', 'info']

/** Whether carriers read this word as a command: as an answer it would silence whoever gives it, or go nowhere. */
export function isCarrierCommand(word: string): boolean {
  return readOptOut(word) !== null || ASKING.includes(loneWord(word) ?? '')
}

/** The only word of a text that has nothing else but punctuation and space, folded. */
function loneWord(text: string): string | null {
  const folded = foldText(text)
  const [word, ...more] = tokensOf(folded)
  if (!word || more.length > 0) return null
  return /^[\p{P}\s]*$/u.test(folded.slice(0, word.start) + folded.slice(word.end)) ? word.text : null
}
