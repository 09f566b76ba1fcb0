const NUMBERS: Record<string, string> = {
  AR: '911',
  AU: '000',
  BR: '190',
  CA: '911',
  CH: '112',
  CN: '110',
  GB: '999 / 112',
  HK: '999',
  IL: '100',
  IN: '112',
  IS: '112',
  JP: '119',
  KR: '119',
  LI: '112',
  MX: '911',
  NO: '112',
  NZ: '111',
  SG: '995',
  TR: '112',
  UA: '112',
  US: '911',
  ZA: '112',
}
const EUROPEAN_UNION = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

/**
 * The number to call in danger, by ISO country; null where it is not known for sure. 112 throughout the European Union:
 * Directive (EU) 2018/1972, article 109.
 */
export function emergencyNumber(country: string | null): string | null {
  const code = country?.toUpperCase() ?? ''
  return EUROPEAN_UNION.includes(code) ? '112' : (NUMBERS[code] ?? null)
}
