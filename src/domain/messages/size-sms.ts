import { cleanBlock, cleanLine } from './clean-text.ts'
import { costlyCharacters, measureSms, type SmsSize } from './measure-sms.ts'
import type { MessageParts } from './message.ts'
import { swapTypography } from './swap-typography.ts'
import { writeSms } from './write-sms.ts'

/** What an alert costs as a text, and whether it says everything. */
export interface SmsForecast extends SmsSize {
  /** Part of the title, the body or an answer is left out. */
  cut: boolean
  /** The characters that force the costlier encoding, each once. */
  costly: string[]
}

/** The size of the text message of an alert, measured on the text that would leave. */
export function sizeSms(message: MessageParts): SmsForecast {
  const text = writeSms(message)
  const parts = [
    cleanLine(message.title),
    cleanBlock(message.body),
    ...message.responses.map((one) => cleanLine(one.label)),
  ]
  const isWhole = (part: string) => text.includes(part) || text.includes(swapTypography(part))
  return { ...measureSms(text), cut: !parts.every(isWhole), costly: costlyCharacters(text) }
}
