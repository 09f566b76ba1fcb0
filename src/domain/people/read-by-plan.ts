import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber as ParsedNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max'

export type LineKind = 'mobile' | 'landline' | 'unknown'

export type Impossibility = 'too_short' | 'too_long' | 'unknown_country' | 'not_possible'

export type PlanReading =
  | { outcome: 'possible'; e164: string; national: string; valid: boolean; kind: LineKind; repaired: boolean }
  | { outcome: 'unsure'; guess: string }
  | { outcome: 'impossible'; why: Impossibility; national?: string }

/** What the numbering plans of the world make of ASCII digits, with a leading plus or as dialled in the region. */
export function readByPlan(dialled: string, region: string): PlanReading {
  const country = isSupportedCountry(region) ? region : undefined
  const parsed = parse(dialled, country)
  const possible = parsed?.isPossible() ? parsed : undefined
  const foreign = dialled.startsWith('+') ? undefined : readAsForeign(dialled, country, possible)
  if (foreign) return foreign
  if (possible && keepsTrunkPrefix(possible))
    return { outcome: 'impossible', why: 'too_short', national: possible.nationalNumber }
  return possible ? accept(possible, dialled) : impossible(dialled, parsed, country)
}

/**
 * Digits without plus may be a number of another country: typed with 00 where that is not the prefix (certain: no
 * number begins so), with the American 011, or with neither prefix nor plus (both unsure).
 */
function readAsForeign(
  dialled: string,
  country: CountryCode | undefined,
  domestic: ParsedNumber | undefined,
): PlanReading | undefined {
  if (dialled.startsWith('011')) {
    const foreign = domestic?.getType() === undefined ? parsePossible(dialled.slice(3)) : undefined
    return foreign && foreign.number !== domestic?.number ? { outcome: 'unsure', guess: foreign.number } : undefined
  }
  if (domestic && isUsualAtHome(dialled, country, domestic)) return undefined
  if (dialled.startsWith('00')) {
    const foreign = parsePossible(dialled.slice(2))
    return foreign && { ...accept(foreign, dialled), repaired: true }
  }
  const foreign = dialled.startsWith('0') ? undefined : parsePossible(dialled)
  return foreign && foreign.number !== domestic?.number ? { outcome: 'unsure', guess: foreign.number } : undefined
}

/**
 * Whether people of the country write their own numbers so: with the trunk zero where there is one. Where a
 * spreadsheet has eaten that zero, the number must be a valid one and not so long that it may hold a country code.
 */
function isUsualAtHome(dialled: string, country: CountryCode | undefined, domestic: ParsedNumber): boolean {
  if (dialled.startsWith('0')) return true
  const lacksTrunkZero = parse(`0${dialled}`, country)?.number === domestic.number
  return lacksTrunkZero ? dialled.length <= 10 && domestic.getType() !== undefined : dialled.length <= 11
}

function parse(dialled: string, country: CountryCode | undefined): ParsedNumber | undefined {
  return parsePhoneNumberFromString(dialled, country ? { defaultCountry: country, extract: false } : { extract: false })
}

function parsePossible(international: string): ParsedNumber | undefined {
  const parsed = parse(`+${international}`, undefined)
  return parsed?.isPossible() ? parsed : undefined
}

/**
 * Whether a number begins with the digits that its country dials before national numbers (0, 1, 8, 06): a number that lacks a digit
 * keeps them, because it is as long as a whole one with them. What the plan lists is right as it is.
 */
function keepsTrunkPrefix(parsed: ParsedNumber): boolean {
  const national: string = parsed.nationalNumber
  if (!/^[018]/.test(national) || parsed.getType() !== undefined) return false
  // As much as may be missing: with it the plan takes the prefix away, where the country has one.
  return ['5', '55', '555', '5555', '55555'].some((missing) => {
    const whole = parse(`${national}${missing}`, parsed.country ?? parsed.getPossibleCountries()[0])
    return whole?.isPossible() === true && !whole.nationalNumber.startsWith(national)
  })
}

function accept(parsed: ParsedNumber, dialled: string) {
  const type = parsed.getType()
  return {
    outcome: 'possible',
    e164: parsed.number,
    national: parsed.nationalNumber,
    valid: type !== undefined,
    kind: lineKind(type),
    repaired: hasStrayZero(dialled, parsed) || hasLostSigns(dialled, parsed),
  } as const
}

/** A spreadsheet that takes a number for a sum eats its plus (`447700…`) or its trunk zero (`7700…`). */
function hasLostSigns(dialled: string, parsed: ParsedNumber): boolean {
  if (/^[+0]/.test(dialled) || parsed.countryCallingCode === '1') return false
  return `+${dialled}` === parsed.number || parse(`0${dialled}`, parsed.country)?.number === parsed.number
}

function lineKind(type: ReturnType<ParsedNumber['getType']>): LineKind {
  if (type === 'MOBILE') return 'mobile'
  if (type === undefined || type === 'FIXED_LINE_OR_MOBILE' || type === 'PERSONAL_NUMBER') return 'unknown'
  return 'landline'
}

/** `+44 07700…`: a trunk zero behind the country code, which the plan took away. */
function hasStrayZero(dialled: string, parsed: ParsedNumber): boolean {
  return dialled.startsWith('+') && parsed.number.length < dialled.length
}

function impossible(dialled: string, parsed: ParsedNumber | undefined, country: CountryCode | undefined): PlanReading {
  const length = country ? validatePhoneNumberLength(dialled, country) : validatePhoneNumberLength(dialled)
  const why = impossibilities.get(length ?? '') ?? 'not_possible'
  return { outcome: 'impossible', why, ...(parsed && { national: parsed.nationalNumber }) }
}

const impossibilities = new Map<string, Impossibility>([
  ['TOO_SHORT', 'too_short'],
  ['TOO_LONG', 'too_long'],
  ['INVALID_COUNTRY', 'unknown_country'],
])
