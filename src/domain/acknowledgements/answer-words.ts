import { foldText, type Token, tokensOf } from './fold-text.ts'

/** What the reading of a reply needs to know about a response option. */
export interface ReadableOption {
  digit: string
  code: string
  accepts: boolean
  needsHelp: boolean
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
  /** Words that agree and name nothing here: "yes, I am safe" says no more than "I am safe". */
  fillers: ReadonlySet<string>
}

/** A text as replies are compared: its words and numbers, folded, with one space between. */
export function phraseOf(text: string): string {
  return tokensOf(foldText(text))
    .map((token) => token.text)
    .join(' ')
}

/** All ways to name an option that its template spells out, its digit apart. */
function namesOf(option: ReadableOption): string[] {
  return [option.code, ...Object.values(option.labels)].map(phraseOf)
}

const phrasebooks = new WeakMap<readonly ReadableOption[], Phrasebook>()

/** The phrasebook of a list of options: everybody who answers an alert is read by the same one. */
export function phrasebookOf(options: readonly ReadableOption[]): Phrasebook {
  const known = phrasebooks.get(options)
  if (known) return known
  const book = makePhrasebook(options)
  phrasebooks.set(options, book)
  return book
}

/**
 * Digits, codes and labels of all languages; a digit is never anything but the option's own. A phrase that names two
 * options names none. The common words for yes and no are added, all or none of a list, for the option that
 * `ownerOf` finds.
 */
function makePhrasebook(options: readonly ReadableOption[]): Phrasebook {
  const book = new Map<string, ReadableOption | 'ambiguous'>()
  const digits = new Map(options.map((option) => [option.digit, option]))
  const add = (phrase: string, option: ReadableOption) => {
    const known = book.get(phrase)
    if (phrase === '' || digits.has(phrase)) return
    book.set(phrase, known === undefined || known === option ? option : 'ambiguous')
  }
  for (const option of options) {
    for (const phrase of namesOf(option)) {
      add(phrase, option)
      // Labels say "I am safe", people write "I'm safe".
      if (phrase.startsWith('i am ')) add(phrase.replace('i am ', 'im '), option)
    }
  }
  const yes = ownerOf(YES, NO, true, options)
  const no = ownerOf(NO, YES, false, options)
  for (const [words, owner] of [
    [YES, yes],
    [NO, no],
  ] as const) {
    for (const word of words) if (owner && !book.has(word)) book.set(word, owner)
  }
  for (const [digit, option] of digits) book.set(digit, option)
  const lengths = Array.from(book.keys(), (phrase) => phrase.split(' ').length)
  const fillers = new Set(yes === null ? YES.filter((word) => !book.has(word)) : [])
  return { phrases: book, longest: Math.max(0, ...lengths), fillers }
}

/**
 * Which option the words for yes, or for no, mean: the one whose name is or begins with such a word. Where no name does,
 * the only option that accepts, or does not; but where somebody may need help, "yes" may answer "are you safe?" as well
 * as "do you need help?", so that it means nothing by itself.
 */
function ownerOf(
  words: readonly string[],
  opposite: readonly string[],
  accepts: boolean,
  options: readonly ReadableOption[],
): ReadableOption | 'ambiguous' | null {
  const [claimant, ...others] = options.filter((option) => claims(option, words))
  if (claimant) return others.length > 0 ? 'ambiguous' : claimant
  if (options.some((option) => option.needsHelp)) return null
  const [only, ...more] = options.filter((option) => option.accepts === accepts)
  return only && more.length === 0 && !claims(only, opposite) ? only : null
}

function claims(option: ReadableOption, words: readonly string[]): boolean {
  return namesOf(option).some((name) => {
    const [first = ''] = name.split(' ')
    // A single letter begins other things too, such as the name of a gate.
    return words.includes(name) || (first.length > 1 && words.includes(first))
  })
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
