import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { es } from './texts/es.ts'
import { fr } from './texts/fr.ts'
import { it } from './texts/it.ts'
import { nl } from './texts/nl.ts'
import { pl } from './texts/pl.ts'

/** The languages in which the service itself speaks. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl'] as const
export type Language = (typeof LANGUAGES)[number]

/** What the service says of its own, in one language. */
export interface SystemTexts {
  /** First words of everything written in a drill; 7-bit characters, so that texts do not cost double. */
  drillMark: string
  /** First sentence of every call in a drill. */
  drillSpoken: string
  /**
   * @param answers such as `1 = I am safe, 2 = I need help`
   * @param example the first of them with the alert's code, such as `1 4821`
   */
  reply: (answers: string, example: string) => string
  /** Instead of it in texts whose sender takes no answers. @param number that takes them, by call and by text */
  answerAt: (number: string, answers: string, example: string) => string
  press: (digit: string, label: string) => string
  pressStar: string
  open: string
  /** First words of the end of an alert. */
  allClear: string
  allClearBody: string
  /** First words when an alert ended by its lifetime: nobody has said that the danger is over. */
  expired: string
  expiredBody: string
  /** First words of a new text of an alert that goes on. */
  update: string
  /** First words when somebody called an alert off. */
  cancelled: string
  cancelledBody: string
  /** First words when an alert should never have been sent. */
  inError: string
  inErrorBody: string
  /** To those who run an alert, before its lifetime ends it. */
  ending: string
  endingBody: (time: string) => string
  raised: (time: string) => string
  /** Shown in writing; 7-bit characters. */
  word: (number: number, word: string) => string
  /** Said before the word itself. */
  wordSpoken: (number: number) => string
  recorded: (label: string) => string
  ended: (time: string) => string
  /** Said beside it only where an answer was recorded after the end. */
  kept: string
  /** Answer to what no machine could read, together with the next. */
  willBeRead: string
  /** @param number the emergency number, null where unknown */
  inDanger: (number: string | null) => string
  /** On the answer page, to whoever follows a link that no recipient has. */
  unknownLink: string
  /** On the answer page, after a form without a valid answer. */
  chooseAnswer: string
  /** On the answer page, while nothing can be written. */
  notKept: string
  noOpenAlert: string
  greeting: (organisation: string) => string
  /** For answering machines: nothing a stranger may not hear, and nothing to press. */
  voicemail: (organisation: string) => string
  /** Asked when several people share one phone. */
  whoIsThis: string
  severalAlerts: string
  unknownKey: string
  optedOut: (organisation: string) => string
  optedIn: (organisation: string) => string
  /** Over the people on a card, and when its time is over. */
  toPhone: string
  cardUntil: (time: string) => string
  /** What came of phoning somebody; the first stands before the answers to choose from. */
  reached: string
  noAnswer: string
  wrongNumber: string
  /** First words when a quorum is filled without this person, and what is said then. */
  notNeeded: string
  notNeededBody: string
  /** First words when that was taken back. */
  neededAgain: string
  /** First words to the holder of a card, and what is said before the link to it. */
  card: string
  cardBody: string
  /** First words of everything that checks a contact point; 7-bit characters. */
  noEmergency: string
  checkTitle: string
  checkBody: string
  /** What is answered by the one who was reached. */
  checkLabel: string
  checkCall: (organisation: string) => string
  checkVoicemail: (organisation: string) => string
  checkDone: string
  /** The same in a call, which shows no page. */
  cardSpoken: string
}

const TEXTS: Record<Language, SystemTexts> = { en, de, fr, es, it, nl, pl }

/** The texts in a language such as `fr` or `fr-CH`; English where the service does not speak it. */
export function textsIn(language: string): SystemTexts {
  const primary = language.toLowerCase().split(/[-_]/)[0]
  const known = LANGUAGES.find((candidate) => candidate === primary)
  return TEXTS[known ?? 'en']
}
