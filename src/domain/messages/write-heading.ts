import { cleanLine } from './clean-text.ts'
import { cutAtWord } from './cut-text.ts'
import type { MessageParts } from './message.ts'
import { leadOf, markOf } from './purpose-texts.ts'

/** The first line of everything written: drill marking, or that it is no emergency, then the organisation, then what it is about. */
export function writeHeading(
  message: Pick<MessageParts, 'kind' | 'purpose' | 'language' | 'organisation' | 'title'>,
  titleUnits: number,
  mark: string,
): string {
  const lead = leadOf(message)
  const words = markOf(message.purpose, message.language)
  const purpose = words === null ? '' : `${words} - `
  const organisation = cutAtWord(cleanLine(message.organisation), 60, mark)
  return `${lead === '' ? '' : `${lead} - `}${organisation}: ${purpose}${cutAtWord(cleanLine(message.title), titleUnits, mark)}`
}
