import { assemblePerson, type PersonRow, type RowReaders } from './assemble-person.ts'
import { splitCardText, unescapeCardText } from './card-text.ts'
import { cleanText } from './normalize-name.ts'
import { type Card, type CardProperty, rawValue } from './read-cards.ts'
import { type ContactCell, readContacts } from './read-contacts.ts'
import { readTelephone } from './read-telephone.ts'

/** The names of our own properties, which hold what no standard has a place for. */
export const OWN = {
  use: 'X-TOCSIN-USE',
  webhook: 'X-TOCSIN-WEBHOOK',
  reportsTo: 'X-TOCSIN-REPORTS-TO',
  deputy: 'X-TOCSIN-DEPUTY',
} as const

/**
 * One person out of an address card. Of it are taken: name (FN, else N, else NICKNAME, else ORG), UID, TEL, EMAIL,
 * CATEGORIES, LANG, TZ and ROLE. Whatever else a card holds about a person is nobody's business here.
 *
 * @param groups of which other cards say that this person is a member
 */
export function readCardPerson(card: Card, region: string, readers: RowReaders, groups: readonly string[]): PersonRow {
  const all = (name: string) => card.properties.filter((property) => property.name === name)
  const text = (name: string) => cleanText(unescapeCardText(rawValue(byPreference(all(name))[0] ?? nothing)))
  const list = (name: string) => all(name).map((property) => cleanText(unescapeCardText(rawValue(property))))
  const categories = all('CATEGORIES').flatMap((property) => splitCardText(rawValue(property), ','))
  const [externalId, duty, reportsTo] = [text('UID'), text('ROLE'), text(OWN.reportsTo)]
  const contacts = readContacts(contactCells(card), region)
  return assemblePerson(
    {
      name: nameOf(card),
      groups: [...new Set([...categories.map(cleanText).filter((group) => group !== ''), ...groups])],
      deputies: list(OWN.deputy).filter((deputy) => deputy !== ''),
      language: text('LANG'),
      timeZone: text('TZ'),
      ...(externalId === '' ? {} : { externalId }),
      ...(duty === '' ? {} : { duty }),
      ...(reportsTo === '' ? {} : { reportsTo }),
    },
    contacts,
    readers,
    // Address books fill these in by themselves, a time zone most often as an offset.
    'warning',
  )
}

/** The name that a card shows, else one that is made of its parts. */
export function nameOf({ properties }: Card): string {
  const find = (name: string) => properties.find((property) => property.name === name)
  const shown = properties.find(({ name, value }) => name === 'FN' && value.trim() !== '') ?? nothing
  const [family = '', given = '', additional = ''] = splitCardText(rawValue(find('N') ?? nothing), ';')
  const organisation = splitCardText(rawValue(find('ORG') ?? nothing), ';')
  const candidates = [
    unescapeCardText(rawValue(shown)),
    `${given} ${additional} ${family}`,
    unescapeCardText(rawValue(find('NICKNAME') ?? nothing)),
    organisation.filter((part) => part.trim() !== '').join(', '),
  ]
  return candidates.map(cleanText).find((candidate) => candidate !== '') ?? ''
}

const nothing: CardProperty = { name: '', parameters: new Map(), value: '' }

function* contactCells(card: Card): Generator<ContactCell> {
  const of = (name: string) => byPreference(card.properties.filter((property) => property.name === name))
  for (const property of of('TEL')) {
    const types = typesOf(property)
    // Pagers take neither calls nor texts, and an assistant is somebody else; a fax reaches nobody.
    if (types.has('pager') || isAssistants(types)) continue
    const role = types.has('fax') ? 'fax' : (uses.get(useOf(property)) ?? (isMobile(types) ? 'mobile' : 'phone'))
    yield { role, label: labelOf(card, property, types) ?? '', text: readTelephone(rawValue(property)) }
  }
  for (const property of of('EMAIL')) {
    if (isAssistants(typesOf(property))) continue
    const label = labelOf(card, property, typesOf(property)) ?? ''
    yield { role: 'email', label, text: unescapeCardText(rawValue(property)) }
  }
  for (const property of of(OWN.webhook)) {
    yield { role: 'webhook', label: labelOf(card, property, new Set()) ?? '', text: rawValue(property) }
  }
}

const uses = new Map([
  ['call', 'callOnly'],
  ['text', 'textOnly'],
  ['both', 'mobile'],
] as const)

function useOf({ parameters }: CardProperty) {
  return parameters.get(OWN.use)?.[0] as 'call' | 'text' | 'both'
}

function isMobile(types: ReadonlySet<string>): boolean {
  return types.has('cell') || types.has('mobile') || types.has('iphone') || types.has('text')
}

function isAssistants(types: ReadonlySet<string>): boolean {
  return types.has('assistant') || types.has('x-assistant')
}

function typesOf({ parameters }: CardProperty): Set<string> {
  return new Set(parameters.get('TYPE')?.map((type) => type.toLowerCase()))
}

/** The label that somebody gave it, also in the wrapping of Apple's own words; else what its types say. */
function labelOf({ properties }: Card, { group }: CardProperty, types: ReadonlySet<string>): string | undefined {
  const given = group && properties.find((property) => property.group === group && /^X-AB-?LABEL$/.test(property.name))
  if (given) return unescapeCardText(rawValue(given)).replace(/^_\$!<(.*)>!\$_$/, '$1')
  const words = [...types].flatMap((type) => typeWords.get(type) ?? [])
  return words.length > 0 ? words.join(' ') : undefined
}

const typeWords = new Map([
  ['work', 'work'],
  ['home', 'home'],
  ['cell', 'mobile'],
  ['iphone', 'mobile'],
  ['main', 'main'],
  ['car', 'car'],
])

/** What somebody prefers comes first (`PREF=1`, or the type of older versions). */
function byPreference(properties: CardProperty[]): CardProperty[] {
  const rank = (property: CardProperty) => {
    const given = Number(property.parameters.get('PREF')?.[0])
    return given >= 1 ? given : typesOf(property).has('pref') ? 1 : 101
  }
  return properties.toSorted((one, other) => rank(one) - rank(other))
}
