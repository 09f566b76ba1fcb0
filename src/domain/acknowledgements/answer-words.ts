import { foldText, type Token, tokensOf } from './fold-text.ts'

/** What the reading of a reply needs to know about a response option. */
export interface ReadableOption {
  digit: string
  code: string
  accepts: boolean
  /** By language. */
  labels: Record<string, string>
}

// Folded as replies are: lower case, without accents.
const YES = 'yes y yeah yep ok okay ja j jawohl jep oui ouais si sim tak t'.split(' ')
const NO = 'no n nope nein non nee nie'.split(' ')
const NEGATIONS = new Set(
  (
    'not dont cant cannot wont isnt arent never nicht kein keine keinen nie niemals pas ne jamais aucun ' +
    'nunca jamas tampoco mai nessun niet geen nooit nigdy zaden'
  ).split(' '),
)

/** Every way to name an option of one alert, by its words with one space between. */
export interface Phrasebook {
  phrases: ReadonlyMap<string, ReadableOption | 'ambiguous'>
  /** How many words the longest phrase has. */
  longest: number
}

function phraseOf(text: string): string {
  return tokensOf(foldText(text))
    .map((token) => token.text)
    .join(' ')
}

function only(options: readonly ReadableOption[], accepts: boolean): ReadableOption | undefined {
  const [option, ...others] = options.filter((candidate) => candidate.accepts === accepts)
  return others.length === 0 ? option : undefined
}

/**
 * Digits, codes and labels of all languages. The common words for yes and no are added where exactly one option accepts,
 * or does not, unless a label already gives them another meaning. A phrase that names two options names none.
 */
export function makePhrasebook(options: readonly ReadableOption[]): Phrasebook {
  const book = new Map<string, ReadableOption | 'ambiguous'>()
  const add = (phrase: string, option: ReadableOption) => {
    const known = book.get(phrase)
    if (phrase !== '') book.set(phrase, known === undefined || known === option ? option : 'ambiguous')
  }
  for (const option of options) {
    for (const name of [option.digit, option.code, ...Object.values(option.labels)]) {
      const phrase = phraseOf(name)
      add(phrase, option)
      // Labels say "I am safe", people write "I'm safe".
      if (phrase.startsWith('i am ')) add(phrase.replace('i am ', 'im '), option)
    }
  }
  const common = [
    [YES, only(options, true)],
    [NO, only(options, false)],
  ] as const
  for (const [words, option] of common) {
    for (const word of words) if (option && !book.has(word)) book.set(word, option)
  }
  const lengths = Array.from(book.keys(), (phrase) => phrase.split(' ').length)
  return { phrases: book, longest: Math.max(0, ...lengths) }
}

/** The longest phrase that starts at a token, and how many tokens it takes; null when none does. */
export function phraseAt(
  book: Phrasebook,
  tokens: readonly Token[],
  at: number,
): { option: ReadableOption | 'ambiguous'; length: number; digit: boolean } | null {
  for (let length = Math.min(book.longest, tokens.length - at); length > 0; length--) {
    const words = tokens.slice(at, at + length)
    const option = book.phrases.get(words.map((word) => word.text).join(' '))
    if (option) return { option, length, digit: length === 1 && words[0]?.digits === true }
  }
  return null
}

/** Whether a word turns the meaning of its neighbour around. */
export function isNegation(token: Token | undefined): boolean {
  return token !== undefined && NEGATIONS.has(token.text)
}
