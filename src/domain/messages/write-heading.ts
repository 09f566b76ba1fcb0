import { cleanLine } from './clean-text.ts'
import { cutAtWord } from './cut-text.ts'
import { textsIn } from './language-texts.ts'
import type { MessageParts } from './message.ts'
import { markOf } from './purpose-texts.ts'

/** The first line of everything written: drill marking, then the organisation, then what it is about. */
export function writeHeading(
  message: Pick<MessageParts, 'kind' | 'purpose' | 'language' | 'organisation' | 'title'>,
  titleUnits: number,
  mark: string,
): string {
  const texts = textsIn(message.language)
  const drill = message.kind === 'drill' ? `${texts.drillMark} - ` : ''
  const words = markOf(message.purpose, message.language)
  const purpose = words === null ? '' : `${words} - `
  const organisation = cutAtWord(cleanLine(message.organisation), 60, mark)
  return `${drill}${organisation}: ${purpose}${cutAtWord(cleanLine(message.title), titleUnits, mark)}`
}
