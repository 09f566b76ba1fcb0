import { cleanBlock, cleanLine } from './messages/clean-text.ts'

// Overrides and isolates can show a text in another order than it is read; joiners stay, some scripts need them.
const STEERING = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069]/g
const BLANK = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Z}\u2800]/gu

/** One line that somebody typed, without anything that controls, steers or breaks a display; composed letters. */
export function cleanTypedLine(text: string): string {
  return cleanLine(text.replace(STEERING, '')).normalize('NFC')
}

/** The same for text of several lines. */
export function cleanTypedBlock(text: string): string {
  return cleanBlock(text.replace(STEERING, '')).normalize('NFC')
}

/** Whether anything of a text can be seen. */
export function isVisible(text: string): boolean {
  return text.replace(BLANK, '') !== ''
}
