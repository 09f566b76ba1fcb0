import { unescapeCardText } from './card-text.ts'

/**
 * The number of a card as a cell of a file would hold it. In a URI (RFC 3966) `%20` and the like stand for signs, and a
 * local number says to which country or exchange it belongs: with the digits of that, it is a whole one. Where the
 * context is the name of a company's network, nobody outside can dial it, so it is left as it is to be refused.
 */
export function readTelephone(value: string): string {
  const text = unescapeCardText(value).trim()
  if (!/^tel:/i.test(text)) return text
  const [number = '', ...parameters] = decode(text.slice(4)).split(';')
  const find = (name: RegExp) => parameters.find((parameter) => name.test(parameter))?.replace(name, '')
  const context = find(/^phone-context=/i)
  const extension = find(/^ext=/i)
  const behind = extension ? `;ext=${extension}` : ''
  if (context === undefined || number.trim().startsWith('+')) return `${number}${behind}`
  return context.startsWith('+') ? `${context}${number}${behind}` : `${number} @${context}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
