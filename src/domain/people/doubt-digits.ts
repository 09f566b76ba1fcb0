const dayFirst = /^(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d{2})(?:[T ,].*)?$/
const yearFirst = /^((?:19|20)\d{2})([./-])(\d{1,2})\2(\d{1,2})(?:[T ,].*)?$/

/** Whether a cell holds a date as spreadsheets show it (`12.05.2023`, `2023-05-12 10:30`), in either order of day and month. */
export function isDate(text: string): boolean {
  const [, first = '', , second = '', third = ''] = dayFirst.exec(text) ?? []
  if (third !== '') return isDayAndMonth(Number(first), Number(second))
  const [, year = '', , month = '', day = ''] = yearFirst.exec(text) ?? []
  return year !== '' && isDayAndMonth(Number(month), Number(day))
}

function isDayAndMonth(one: number, other: number): boolean {
  return Math.min(one, other) >= 1 && Math.min(one, other) <= 12 && Math.max(one, other) <= 31
}

/** As many digits may be a second number, or the end of one that replaces the end of the first (`…/68`). */
const WHOLE = 7
const END = 4
const areaCode = /^0[1-9]\d{2,4}$/

/**
 * What the signs between digits say against reading them as one number: an end to choose (`030 1234567/68`), a second
 * number (`030 1234 030 1235`), or a count behind it (`0171 1234567 2`). Undefined where nothing does.
 *
 * @param plain digits and signs only
 */
export function doubtDigits(plain: string): string | undefined {
  const slash = plain.lastIndexOf('/')
  if (slash >= 0) {
    const [before, after] = [plain.slice(0, slash).trim(), count(plain.slice(slash))]
    const isArea = areaCode.test(before) && after >= 3
    if (count(before) >= 5 && after > 0 && after <= END && !isArea) {
      return 'Behind the stroke stands only the end of a number. Write every number in full.'
    }
  }
  const groups = plain.split(' ').filter((group) => count(group) > 0)
  const last = groups.at(-1) ?? ''
  if (groups.length > 1 && /^\(?\d\)?$/.test(last) && count(plain) > WHOLE) {
    return `Does the ${last.replace(/\D/g, '')} at the end belong to this number?`
  }
  for (let at = 1; at < groups.length; at++) {
    const group = groups[at] ?? ''
    const [before, rest] = [count(groups.slice(0, at).join('')), count(groups.slice(at).join(''))]
    const isAgain = group === groups[0] && Math.min(before, rest) >= WHOLE - 1
    if (/^0[1-9]/.test(group) && (isAgain || Math.min(before, rest) >= WHOLE)) {
      return 'These look like two numbers. Part them by a semicolon.'
    }
  }
  return undefined
}

function count(text: string): number {
  return text.replace(/\D/g, '').length
}
