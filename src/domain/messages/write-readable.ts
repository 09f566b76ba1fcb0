import { cleanBlock, cleanLine } from './clean-text.ts'
import { formatUtc } from './format-time.ts'
import { endTexts, textsIn } from './language-texts.ts'
import type { MessageParts } from './message.ts'
import { writeHeading } from './write-heading.ts'

const TITLE_UNITS = 160

/**
 * An alert or its end as an operator reads it out over a radio: drill marking and organisation first, then title, body,
 * how to answer with the code, and when it was raised. Without the link, which nobody can speak.
 */
export function writeReadable(message: MessageParts): string {
  const texts = textsIn(message.language)
  const end = message.purpose === 'alert' ? null : endTexts(message.language, message.purpose)
  const answers = message.responses.map(({ digit, label }) => `${digit} = ${cleanLine(label)}`).join(', ')
  const offered = end === null && answers !== ''
  return [
    writeHeading(message, TITLE_UNITS, '…'),
    // At the end the instructions of the alert must not be read once more.
    end ? end.body : cleanBlock(message.body),
    offered ? texts.reply(answers, `${message.responses[0]?.digit ?? ''} ${message.code}`) : '',
    `${texts.raised(formatUtc(message.raisedAt))} (${message.code})`,
  ]
    .filter((part) => part !== '')
    .join('\n')
}
