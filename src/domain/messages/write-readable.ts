import { cleanLine } from './clean-text.ts'
import { formatUtc } from './format-time.ts'
import { textsIn } from './language-texts.ts'
import type { MessageParts } from './message.ts'
import { offersAnswers } from './purpose.ts'
import { bodyOf } from './purpose-texts.ts'
import { writeHeading } from './write-heading.ts'
import { writeWord } from './write-word.ts'

const TITLE_UNITS = 160

/**
 * An alert, an update or its end as an operator reads it out over a radio: drill marking and organisation first, then title, body,
 * how to answer with the code, and when it was raised. Without the link, which nobody can speak.
 */
export function writeReadable(message: MessageParts): string {
  const texts = textsIn(message.language)
  const answers = message.responses.map(({ digit, label }) => `${digit} = ${cleanLine(label)}`).join(', ')
  const offered = offersAnswers(message.purpose) && answers !== ''
  return [
    writeHeading(message, TITLE_UNITS, '…'),
    bodyOf(message),
    offered ? texts.reply(answers, `${message.responses[0]?.digit ?? ''} ${message.code}`) : '',
    `${texts.raised(formatUtc(message.raisedAt))} (${message.code})`,
    writeWord(message) ?? '',
  ]
    .filter((part) => part !== '')
    .join('\n')
}
