import { textsIn } from './language-texts.ts'
import type { MessageParts } from './message.ts'

/** The recipient's numbered word as it is shown in writing, such as `Word 7: harbour`; null where there is none. */
export function writeWord({ word, language }: Pick<MessageParts, 'word' | 'language'>): string | null {
  return word && textsIn(language).word(word.number, word.word)
}
