import type { AlertKind } from '../alerts/alert.ts'
import { cleanLine } from './clean-text.ts'
import { cutAtWord } from './cut-text.ts'
import { formatUtcClock } from './format-time.ts'
import { type SystemTexts, textsIn } from './language-texts.ts'
import type { MessageParts } from './message.ts'
import type { AnswerablePurpose, Purpose } from './purpose.ts'
import { bodyOf, markOf } from './purpose-texts.ts'

/** What is said on the phone next; `gather` asks for one key while speaking, without it the call ends. */
export interface Script {
  say: { text: string; language: string }[]
  gather: { turn: string; attemptId: string | null; repeat: number } | null
}

/** The questions that are put on the phone, as they come back with the key. */
const TURN_ANSWER = 'answer'
const TURN_CHOOSE = 'choose'

/** An alert as it is spoken. */
export type SpokenAlert = Pick<
  MessageParts,
  'kind' | 'language' | 'organisation' | 'title' | 'body' | 'responses' | 'raisedAt' | 'word'
>

/** Some hundred seconds of speech; the shortest limit of a speech engine is 3,000 bytes (error 13521). */
const SPOKEN_BODY = 900
const REPEATS = 2
const MOST_CHOICES = 9

function sentence(text: string): string {
  const line = cleanLine(text)
  return line === '' || /[.!?…。]$/.test(line) ? line : `${line}.`
}

function opening(kind: AlertKind, texts: SystemTexts): string {
  return kind === 'drill' ? `${texts.drillSpoken} ` : ''
}

function speak(language: string, ...parts: string[]): Script['say'] {
  return parts.map((part) => ({ text: cleanLine(part), language })).filter(({ text }) => text !== '')
}

function options(alert: SpokenAlert, texts: SystemTexts): string {
  const keys = alert.responses.map(({ digit, label }) => texts.press(digit, cleanLine(label)))
  return [...keys, texts.pressStar].join(' ')
}

function details(alert: SpokenAlert, texts: SystemTexts): string {
  const raised = sentence(texts.raised(formatUtcClock(alert.raisedAt)))
  return `${sentence(alert.title)} ${sentence(cutAtWord(cleanLine(alert.body), SPOKEN_BODY, '…'))} ${raised}`
}

/** The words are English ones: a voice of another language would make them something else. */
const LANGUAGE_OF_WORDS = 'en'

function sayWord({ word, language }: Pick<SpokenAlert, 'word' | 'language'>, texts: SystemTexts): Script['say'] {
  if (!word) return []
  return [...speak(language, texts.wordSpoken(word.number)), ...speak(LANGUAGE_OF_WORDS, sentence(word.word))]
}

function answerWith(say: Script['say'], attemptId: string | null): Script {
  return { say, gather: { turn: TURN_ANSWER, attemptId, repeat: REPEATS } }
}

/**
 * What a person hears on picking up, or on ringing back: who calls, what it is, and which key means what. A call that
 * brings an update says so first.
 */
export function openAlertCall(alert: SpokenAlert, attemptId: string | null, purpose: Purpose = 'alert'): Script {
  const texts = textsIn(alert.language)
  const mark = sentence(markOf(purpose, alert.language) ?? '')
  const greeting = `${opening(alert.kind, texts)}${texts.greeting(cleanLine(alert.organisation))} ${mark}`
  const told = speak(alert.language, greeting, details(alert, texts))
  return answerWith([...told, ...sayWord(alert, texts), ...speak(alert.language, options(alert, texts))], attemptId)
}

/** What a person hears whose number is checked. */
export function openCheckCall(
  { organisation, language, responses }: Pick<MessageParts, 'organisation' | 'language' | 'responses'>,
  attemptId: string | null,
): Script {
  const texts = textsIn(language)
  const keys = responses.map(({ digit, label }) => texts.press(digit, cleanLine(label)))
  return answerWith(speak(language, texts.checkCall(cleanLine(organisation)), ...keys, texts.pressStar), attemptId)
}

/** For an answering machine that picks up instead. */
export function leaveCheckVoicemail({
  organisation,
  language,
}: Pick<MessageParts, 'organisation' | 'language'>): Script {
  return { say: speak(language, textsIn(language).checkVoicemail(cleanLine(organisation))), gather: null }
}

/** After the key by which a number is proven. */
export function confirmCheck(language: string): Script {
  return { say: speak(language, textsIn(language).checkDone), gather: null }
}

/** The same once more, after the star key. */
export function repeatAlert(alert: SpokenAlert, attemptId: string | null): Script {
  const texts = textsIn(alert.language)
  const again = `${opening(alert.kind, texts)}${details(alert, texts)}`
  const told = [...speak(alert.language, again), ...sayWord(alert, texts)]
  return answerWith([...told, ...speak(alert.language, options(alert, texts))], attemptId)
}

/** After a key that means nothing. */
export function askAgain(alert: SpokenAlert, attemptId: string | null): Script {
  const texts = textsIn(alert.language)
  return answerWith(speak(alert.language, texts.unknownKey, options(alert, texts)), attemptId)
}

/** After a key that was an answer. */
export function confirmAnswer(label: string, language: string): Script {
  return { say: speak(language, textsIn(language).recorded(cleanLine(label))), gather: null }
}

/** For an answering machine: who called and what to do, no detail and nothing to press. */
export function leaveVoicemail(alert: Pick<SpokenAlert, 'kind' | 'language' | 'organisation'>): Script {
  const texts = textsIn(alert.language)
  const text = `${opening(alert.kind, texts)}${texts.voicemail(cleanLine(alert.organisation))}`
  return { say: speak(alert.language, text), gather: null }
}

/**
 * Asks which of several to hear, by digit 1 to 9 in the order given.
 *
 * @param of `alert`: several alerts are open, named by title; `person`: several people share the phone, named by name
 */
export function askWhich(of: 'alert' | 'person', names: readonly string[], language: string): Script {
  const texts = textsIn(language)
  const question = of === 'alert' ? texts.severalAlerts : texts.whoIsThis
  const choices = names.slice(0, MOST_CHOICES).map((name, index) => texts.press(String(index + 1), cleanLine(name)))
  const say = speak(language, question, [...choices, texts.pressStar].join(' '))
  return { say, gather: { turn: TURN_CHOOSE, attemptId: null, repeat: REPEATS } }
}

/** For a caller who has no open alert. */
export function sayNothingOpen(language: string): Script {
  return { say: speak(language, textsIn(language).noOpenAlert), gather: null }
}

/** For a call after the end. @param endedAt UTC milliseconds @param more what became of an answer, if there was one */
export function sayEnded(endedAt: number, language: string, more: readonly string[]): Script {
  return { say: speak(language, textsIn(language).ended(formatUtcClock(endedAt)), ...more), gather: null }
}

/** A call that brings the end of an alert, or what somebody is asked to do in it. */
export function sayEnd(
  alert: Pick<MessageParts, 'kind' | 'language' | 'organisation' | 'title' | 'body' | 'remark' | 'endsAt' | 'word'>,
  purpose: Exclude<Purpose, AnswerablePurpose>,
): Script {
  const texts = textsIn(alert.language)
  const start = `${opening(alert.kind, texts)}${texts.greeting(cleanLine(alert.organisation))}`
  const body = purpose === 'card' ? texts.cardSpoken : bodyOf({ ...alert, purpose })
  const told = speak(alert.language, start, sentence(alert.title), body)
  return { say: [...told, ...sayWord(alert, texts)], gather: null }
}
