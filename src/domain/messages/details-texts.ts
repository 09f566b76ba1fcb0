import { de } from './details/de.ts'
import { en } from './details/en.ts'
import { es } from './details/es.ts'
import { fr } from './details/fr.ts'
import { it } from './details/it.ts'
import { nl } from './details/nl.ts'
import { pl } from './details/pl.ts'
import { LANGUAGES, type Language } from './language-texts.ts'

/** The page on which somebody sees and mends what is stored about them, in one language. */
export interface DetailsTexts {
  title: string
  /** @param organisation who keeps it */
  intro: (organisation: string) => string
  name: string
  language: string
  timeZone: string
  away: string
  awayHint: string
  groups: string
  duty: string
  contacts: string
  /** @param date already written in the language */
  proven: (date: string) => string
  never: string
  failing: string
  takeOut: string
  add: string
  addHint: string
  save: string
  saved: string
  nothingChanged: string
  /** @param reason what is wrong with what was typed */
  notSaved: (reason: string) => string
  lastOne: string
  stored: string
  /** For whoever was asked in somebody else's place, and what is said then. */
  notMe: string
  notMeSaid: string
}

const TEXTS: Record<Language, DetailsTexts> = { en, de, fr, es, it, nl, pl }

/** English where the service does not speak the language. */
export function detailsTextsIn(language: string): DetailsTexts {
  const primary = language.toLowerCase().split(/[-_]/)[0]
  return TEXTS[LANGUAGES.find((known) => known === primary) ?? 'en']
}
