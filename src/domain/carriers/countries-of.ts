import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * The countries to which a number may belong, ISO 3166-1 alpha-2: one as a rule, several where countries share a prefix
 * and the number tells no more (ITU-T E.164), none for what is no number.
 */
export function countriesOf(e164: string): string[] {
  const number = parsePhoneNumberFromString(e164)
  if (!number) return []
  return number.country ? [number.country] : number.getPossibleCountries()
}
