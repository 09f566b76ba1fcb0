import { cleanLine } from './clean-text.ts'
import { cutAtWord } from './cut-text.ts'
import { formatUtc } from './format-time.ts'
import { textsIn } from './language-texts.ts'
import { isGsm7 } from './measure-sms.ts'
import type { MessageParts } from './message.ts'
import { leadsOn, offersAnswers } from './purpose.ts'
import { bodyOf } from './purpose-texts.ts'
import { swapTypography } from './swap-typography.ts'
import { writeHeading } from './write-heading.ts'
import { writeWord } from './write-word.ts'

/** The longest text a carrier takes, in characters: https://www.twilio.com/docs/api/errors/21617 */
export const SMS_LIMIT = 1600

/** How long the parts may be that are never left out, in characters. */
interface Room {
  title: number
  label: number
}
const USUAL_ROOM: Room = { title: 160, label: 60 }
const TIGHT_ROOM: Room = { title: 60, label: 16 }

function fixedParts(message: MessageParts, room: Room, mark: string) {
  const texts = textsIn(message.language)
  const answers = message.responses.map(
    ({ digit, label }) => `${digit} = ${cutAtWord(cleanLine(label), room.label, mark)}`,
  )
  const raised = texts.raised(formatUtc(message.raisedAt))
  const word = writeWord(message) ?? []
  const example = `${message.responses[0]?.digit ?? ''} ${message.code}`
  const how =
    typeof message.answerAt === 'string'
      ? texts.answerAt(message.answerAt, answers.join(', '), example)
      : texts.reply(answers.join(', '), example)
  const ending =
    !leadsOn(message.purpose) && (!offersAnswers(message.purpose) || answers.length === 0)
      ? [`${raised} (${message.code})`].concat(word)
      : leadsOn(message.purpose) || message.answerAt === null
        ? [message.link, `${raised} (${message.code})`].concat(word)
        : [how, message.link, raised].concat(word)
  return { heading: writeHeading(message, room.title, mark), ending: ending.join('\n') }
}

/**
 * The text message of an alert, an update or the end: drill marking and organisation first, then title, body, the answers
 * with the digits and the code, the link, and when it was raised. Never over {@link SMS_LIMIT}: the body is shortened at
 * a word, the answers, the code, the link and the recipient's word stay whole. Curly quotes, dashes and the like become
 * plain ones when that alone makes the text 7-bit.
 */
export function writeSms(message: MessageParts): string {
  const body = bodyOf(message)
  const uncut = fixedParts(message, USUAL_ROOM, '')
  const plain = isGsm7(swapTypography(`${uncut.heading}\n${body}\n${uncut.ending}`))
  const mark = plain ? '...' : '…'
  const settle = plain ? swapTypography : (text: string) => text
  const within = (room: Room) => {
    const { heading, ending } = fixedParts(message, room, mark)
    return { heading: settle(heading), ending: settle(ending) }
  }
  const generous = within(USUAL_ROOM)
  const fits = generous.heading.length + generous.ending.length < SMS_LIMIT
  const { heading, ending } = fits ? generous : within(TIGHT_ROOM)
  const middle = cutAtWord(settle(body), SMS_LIMIT - heading.length - ending.length - 2, mark)
  return [heading, middle, ending].filter((part) => part !== '').join('\n')
}
