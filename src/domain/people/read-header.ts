import type { ColumnRole } from './column-names.ts'

type Noun = Extract<ColumnRole, 'mobile' | 'phone' | 'email' | 'fax'> | 'landline'

const nouns = new Map<string, Noun>(
  Object.entries({
    mobile: `mobile mobiles mob cell cellphone cellular handy diensthandy privathandy mobil mobiltelefon mobilnummer
      mobilnr natel portable movil celular cellulare gsm sms smartphone mobiel komorka komorkowy telemovel whatsapp`,
    phone: `phone phones telephone tel tels tele telefon telefonnummer telefonnr telnr rufnummer fon telefono telefoon
      telefone voice`,
    landline: 'landline festnetz fixe fijo fisso vast stacjonarny',
    email: 'email emails mail mails courriel courriels mel correo correos emailadresse mailadresse',
    fax: 'fax telefax faxnummer telecopie telecopieur faks',
  }).flatMap(([noun, words]) => words.split(/\s+/).map((word) => [word, noun as Noun])),
)

/** Words that say where or when, or nothing; whoever else the column may be about is none of them. */
const fillers = new Set(
  `a e n no nr num number numbers numero nummer address addresses adresse adress direccion indirizzo electronique
  electronico elettronica of the de du des d la le les el del di von der contact contacto kontakt and und et y or ou oder
  work working home house office private personal business company corporate main primary secondary other alternative
  direct day daytime night evening duty line desk first second
  dienst dienstl dienstlich dienstliche geschaft geschaftl geschaftlich geschaftliche gesch buro buero arbeit firma
  privat private priv zuhause
  bureau travail domicile dom maison pro prof professionnel professionnelle perso personnel personnelle prive privee
  standard ligne directe principal principale secondaire astreinte
  trabajo oficina casa particular laboral institucional corporativo empresa
  lavoro ufficio personale privato aziendale abitazione werk thuis kantoor prive praca sluzbowy prywatny domowy`.split(
    /\s+/,
  ),
)

/**
 * What a header of several words holds (`N° de téléphone portable`, `Work Tel`), when it holds ways to reach people:
 * every word must be known, for a column may also be about somebody else (`Emergency contact phone`).
 */
export function roleByWords(header: string): ColumnRole | undefined {
  const words = header
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
  const found = new Set<Noun>()
  for (const word of words) {
    const noun = nouns.get(word)
    if (noun) found.add(noun)
    else if (!fillers.has(word)) return undefined
  }
  if (found.has('fax')) return found.size === 1 || !found.has('email') ? 'fax' : undefined
  if (found.has('email')) return found.size === 1 ? 'email' : undefined
  if (found.has('mobile')) return found.has('landline') ? 'phone' : 'mobile'
  return found.has('phone') || found.has('landline') ? 'phone' : undefined
}

const looksLikeContact = /^[+(]?[\d\s().\-/+]{7,24}$|^\S+@\S+\.\p{L}{2,}$/u
const date = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:\s[\d:]+)?$/

/** Whether most cells of a column look like numbers or mail addresses. */
export function holdContacts(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const alike = filled.filter(
    (cell) =>
      looksLikeContact.test(cell) && !date.test(cell) && (cell.includes('@') || cell.replace(/\D/g, '').length >= 7),
  )
  return alike.length > 0 && alike.length >= filled.length / 2
}
