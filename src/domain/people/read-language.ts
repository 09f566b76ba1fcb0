/** Languages whose names are understood in English, German, French, Spanish and themselves; any code is understood. */
const namedLanguages =
  `ar be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk ko lb lt lv mk ml mt
  nb nl nn no pl ps pt ro ru sk sl so sq sr sv sw ta th ti tr uk ur uz vi zh`.split(/\s+/)
const namingLanguages = ['en', 'de', 'fr', 'es']

let codesByName: Map<string, string> | undefined

/**
 * The primary language subtag (BCP 47, lower case) that a text names by tag (`en`, `de-AT`, `eng`) or by name
 * (`German`, `Deutsch`, `allemand`); undefined when there is no such language.
 */
export function readLanguage(raw: string): string | undefined {
  const text = raw.trim().replaceAll('_', '-')
  codesByName ??= nameLanguages()
  return codesByName.get(fold(text)) ?? readTag(text)
}

function readTag(text: string): string | undefined {
  if (!/^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(text)) return undefined
  try {
    const primary = new Intl.Locale(text).language
    return nameOf(primary, 'en') === undefined ? undefined : primary
  } catch {
    return undefined
  }
}

function nameLanguages(): Map<string, string> {
  const codes = new Map<string, string>()
  for (const code of namedLanguages) {
    for (const naming of [...namingLanguages, code]) {
      const name = nameOf(code, naming)
      if (name !== undefined) codes.set(fold(name), code)
    }
  }
  return codes
}

function nameOf(code: string, naming: string): string | undefined {
  return new Intl.DisplayNames([naming], { type: 'language', fallback: 'none' }).of(code)
}

function fold(text: string): string {
  return text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
}
