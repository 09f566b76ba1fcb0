import { isNegation, type Phrasebook, phraseAt, phrasebookOf, type ReadableOption } from './answer-words.ts'
import { foldText, type Token, tokensOf } from './fold-text.ts'
import { readOptOut } from './opt-out-words.ts'

/** An alert that a reply may mean. */
export interface ReadableAlert {
  alertId: string
  code: string
  responses: readonly ReadableOption[]
}

/** What is known about the phone that a reply came from. */
export interface ReplyContext {
  /** The alerts for which this phone has been contacted and that are still open. */
  openAlerts: readonly ReadableAlert[]
  /** Alerts of the last days that have ended. */
  recentCodes: readonly (Pick<ReadableAlert, 'alertId' | 'code'> & Partial<Pick<ReadableAlert, 'responses'>>)[]
}

export type UnclearReason =
  | 'unknown_code'
  | 'contradiction'
  | 'no_code'
  | 'no_answer_word'
  | 'negation'
  | 'empty'
  | 'several_open'
  | 'question'

/** What a text reply means. `note`: the whole text, where it says more than the answer. */
export type ReplyReading =
  | { kind: 'answer'; alertId: string; response: string; certain: true; note: string | null }
  | { kind: 'late'; alertId: string; response: string | null; note: string | null }
  | { kind: 'opt_out' }
  | { kind: 'opt_in' }
  | { kind: 'unclear'; reason: UnclearReason; text: string }

type Reading = { option: ReadableOption; bare: boolean } | { reason: UnclearReason }

const SHORTEST_CODE = 3
// Of every script: \p{P} has no class of its own for them.
const QUESTION = /[?\u00bf\u037e\u055e\u061f\u1367\u2047-\u2049\u2e2e]/u

function glued(left: Token | undefined, right: Token | undefined): boolean {
  return left !== undefined && right !== undefined && left.end === right.start
}

/** Reads phrases that all name one option, from a token on. */
function readAnswers(book: Phrasebook, tokens: readonly Token[], from: number) {
  let at = from
  let option: ReadableOption | null = null
  while (book.fillers.has(tokens[at]?.text ?? '')) at++
  for (let found = phraseAt(book, tokens, at); found; found = phraseAt(book, tokens, at)) {
    if (found.option === 'ambiguous' || (option && found.option !== option)) return 'contradiction'
    option = found.option
    at += found.length
  }
  return option ? { option, end: at } : null
}

/** Whether the rest of a text takes the answer back: by another answer in words, or by answers in digits alone. */
function contradicts(book: Phrasebook, rest: readonly Token[], option: ReadableOption): boolean {
  let onlyAnswers = true
  let otherDigit = false
  for (let at = 0; at < rest.length; ) {
    const found = phraseAt(book, rest, at)
    if (found && found.option !== option && !found.digit) return true
    if (found && found.option !== option) otherDigit = true
    if (!found) onlyAnswers = false
    at += found?.length ?? 1
  }
  return onlyAnswers && otherDigit
}

/** Whether an answer is asked rather than given: a question mark in it, right after it, or in the same clause. */
function asks(folded: string, tokens: readonly Token[], end: number): boolean {
  const start = tokens[end - 1]?.end ?? 0
  const after = folded.slice(start)
  const [clause = ''] = after.split(/[.,;:!\n\u2013\u2014]/)
  return QUESTION.test(folded.slice(0, tokens[end]?.start) + clause)
}

/** Reads "answer code" or "code answer" at the start of a text; what follows is a note unless it takes that back. */
function readCoded(book: Phrasebook, folded: string, code: string, others: ReadonlySet<string>): Reading {
  const tokens = tokensOf(folded)
  const isCode = (token: Token | undefined) => token?.digits === true && token.text === code
  if (tokens.some((token) => others.has(token.text))) return { reason: 'contradiction' }
  const codeFirst = isCode(tokens[0])
  const answers = readAnswers(book, tokens, codeFirst ? 1 : 0)
  if (answers === 'contradiction') return { reason: 'contradiction' }
  if (!answers) return { reason: tokens.some(isNegation) ? 'negation' : 'no_answer_word' }
  const end = codeFirst ? answers.end : answers.end + 1
  if (!codeFirst && !isCode(tokens[answers.end])) {
    return { reason: isNegation(tokens[answers.end]) ? 'negation' : 'no_answer_word' }
  }
  const rest = tokens.slice(end).filter((token) => !isCode(token))
  if (glued(tokens[end - 1], tokens[end])) return { reason: 'unknown_code' }
  if (isNegation(rest[0])) return { reason: 'negation' }
  if (contradicts(book, rest, answers.option)) return { reason: 'contradiction' }
  if (asks(folded, tokens, end)) return { reason: 'question' }
  return { option: answers.option, bare: rest.length === 0 }
}

/** Reads an answer without a code, which must be all there is. */
function readBare(book: Phrasebook, tokens: readonly Token[]): Reading {
  const answers = readAnswers(book, tokens, 0)
  if (answers === 'contradiction') return { reason: 'contradiction' }
  if (answers?.end === tokens.length) return { option: answers.option, bare: true }
  const found = tokens.map((_, at) => phraseAt(book, tokens, at))
  // A number in the middle of a sentence, as in "stuck on floor 3", names no option.
  if (!found.some((phrase, at) => phrase && (!phrase.digit || at === 0))) return { reason: 'no_answer_word' }
  if (tokens.some((token) => token.digits && token.text.length >= SHORTEST_CODE)) return { reason: 'unknown_code' }
  return { reason: tokens.some(isNegation) ? 'negation' : 'no_code' }
}

function onlyPunctuation(folded: string, tokens: readonly Token[], allowed: RegExp): boolean {
  const gaps = tokens.map((token, index) => folded.slice(tokens[index - 1]?.end ?? 0, token.start))
  return allowed.test([...gaps, folded.slice(tokens.at(-1)?.end ?? 0)].join(''))
}

function numbersIn(tokens: readonly Token[]): Set<string> {
  return new Set(tokens.filter((token) => token.digits).map((token) => token.text))
}

/** Whether a text carries a code, whatever else it says. */
export function namesCode(text: string, code: string): boolean {
  return numbersIn(tokensOf(foldText(text))).has(code)
}

/**
 * Reads a text reply: a digit or word for an option together with the alert's code, in either order, at the start of
 * the text; more words after it become a note. Without the code it is an answer only when it is nothing but the answer
 * and exactly one alert is open for the phone; when none is, it is a late answer to the only one that ended lately.
 * Anything else changes nothing and goes to a human.
 */
export function readReply(text: string, context: ReplyContext): ReplyReading {
  const unclear = (reason: UnclearReason): ReplyReading => ({ kind: 'unclear', reason, text })
  const optOut = readOptOut(text)
  if (optOut) return { kind: optOut }
  const folded = foldText(text)
  const tokens = tokensOf(folded)
  if (tokens.length === 0) return unclear(folded.trim() === '' ? 'empty' : 'no_answer_word')

  const named = numbersIn(tokens)
  const open = context.openAlerts.filter((alert) => named.has(alert.code))
  const ended = context.recentCodes.filter((alert) => named.has(alert.code))
  const [target, second] = open
  if (second) return unclear('contradiction')
  const plainly = (reading: Reading) =>
    'option' in reading && reading.bare && onlyPunctuation(folded, tokens, /^\P{S}*$/u) && !QUESTION.test(folded)
  const noteFor = (reading: Reading) => (plainly(reading) ? null : text.trim())

  if (target) {
    const others = new Set(ended.map((alert) => alert.code).filter((code) => code !== target.code))
    const reading = readCoded(phrasebookOf(target.responses), folded, target.code, others)
    if ('reason' in reading) return unclear(reading.reason)
    const { alertId } = target
    return { kind: 'answer', alertId, response: reading.option.code, certain: true, note: noteFor(reading) }
  }

  const [late] = ended
  if (late) {
    const others = new Set(ended.map((alert) => alert.code).filter((code) => code !== late.code))
    const reading = readCoded(phrasebookOf(late.responses ?? []), folded, late.code, others)
    const response = 'option' in reading ? reading.option.code : null
    return { kind: 'late', alertId: late.alertId, response, note: noteFor(reading) }
  }

  const [last, ...earlier] = context.recentCodes
  if (context.openAlerts.length === 0 && last && earlier.length === 0) {
    const reading = readBare(phrasebookOf(last.responses ?? []), tokens)
    const response = 'option' in reading && plainly(reading) ? reading.option.code : null
    return { kind: 'late', alertId: last.alertId, response, note: response === null ? text.trim() : null }
  }

  const readings = context.openAlerts.map((alert) => readBare(phrasebookOf(alert.responses), tokens))
  const [reading] = readings
  const [alert] = context.openAlerts
  if (!reading || !alert) return unclear('no_code')
  if (readings.length > 1) {
    if (readings.some((candidate) => 'option' in candidate)) return unclear('several_open')
    return unclear('reason' in reading ? reading.reason : 'several_open')
  }
  if ('reason' in reading) return unclear(reading.reason)
  if (!plainly(reading)) return unclear('no_code')
  return { kind: 'answer', alertId: alert.alertId, response: reading.option.code, certain: true, note: null }
}
