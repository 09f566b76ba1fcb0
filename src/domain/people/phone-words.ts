/** Words that say which kind of number stands beside them, in the languages of the service; folded as {@link fold} does. */
const labels = new Set(
  `m t p h w o c d b mob mobile mobil mobiles cell cells cellular cellphone phone phones tel tels telephone number
  numbers no nr nbr num sms text gsm voice voip main direct work home office private personal business company landline
  line desk day daytime evening night switchboard reception primary secondary preferred first second other alternative
  whatsapp and or duty satellite on call oncall
  handy handys mobiltelefon mobilnummer mobilnr telefon telefonnummer fon fest festnetz privat dienst dienstlich dienstl
  diensthandy privathandy geschaftlich geschaeftlich gesch arbeit buro buero zentrale zuhause nummer rufnummer tagsuber
  abends nachts bereitschaft und oder
  portable port fixe numero bureau travail domicile dom maison perso personnel personnelle pro professionnel
  professionnelle prive privee standard ligne directe astreinte accueil jour nuit et ou
  movil cel celular telefono casa trabajo oficina particular fijo directo centralita personale guardia y
  cellulare ufficio lavoro privato fisso abitazione diretto centralino reperibilita e
  mobiel mobieltje thuis werk kantoor prive vast vaste lijn telefoonnummer telefoon doorkies en of
  komorka komorkowy komorkowa kom domowy praca sluzbowy prywatny telefonu stacjonarny biuro i lub
  telemovel trabalho escritorio`.split(/\s+/),
)
const faxes = /^(?:tele)?fax(?:nummer|nr|es)?$|^telecopi(?:e|eur)$|^faks$/

/** Who is to be asked for behind a switchboard is no warning about the number. */
const askFor =
  /^\s*\(?\s*(?:ask(?:ing)? for|demander|preguntar por|chiedere di|vragen naar)\s+[\p{L}.'’-]+(?:\s[\p{L}.'’-]+)?\s*\)?\s*$/iu

export type WordsBeside = 'harmless' | 'fax' | 'unknown'

/**
 * What the words beside a number say about it: its kind, that it is a fax, or something that only a human can judge
 * (`old`, `wife`, `do not use`).
 */
export function judgeWords(pieces: readonly string[]): WordsBeside {
  const words = pieces
    .filter((piece) => !askFor.test(piece))
    .flatMap((piece) => fold(piece).split(/[^\p{L}]+/u))
    .filter((word) => word !== '')
  if (words.some((word) => faxes.test(word))) {
    return words.every((word) => faxes.test(word) || labels.has(word)) ? 'fax' : 'unknown'
  }
  return words.every((word) => labels.has(word)) ? 'harmless' : 'unknown'
}

const warnings =
  /(?:^|[^\p{L}])(?:old|alte[rs]?|former|formerly|wrong|not|don'?t|never|invalid|dead|disconnected|obsolete|falsch|falsche|nicht|ungultig|ehemalig\p{L}*|veraltet|ancien|ancienne|faux|ne pas|invalide|antiguo|viejo|no usar|equivocado|vecchio|errato|oud|oude|niet|fout|stary|nieaktualny|nie)(?![\p{L}])/u

/** Words for other people, whom no number of a person's own is called after. */
const others = new Set(
  `wife husband spouse partner mother father mum mom dad parent parents son daughter brother sister girlfriend boyfriend
  kin ice assistant assistants secretary carer
  ehefrau ehemann gatte gattin partnerin mutter vater eltern sohn tochter bruder schwester lebensgefahrte lebensgefahrtin
  notfallkontakt assistent assistentin assistenz sekretar sekretarin sekretariat
  femme mari epouse epoux conjoint conjointe mere pere fils fille frere soeur compagnon compagne assistante secretaire
  esposa esposo marido mujer madre padre hijo hija hermano hermana pareja asistente secretaria secretario
  moglie marito figlio figlia fratello sorella compagno compagna assistente segretaria segretario
  vrouw echtgenoot echtgenote moeder vader zoon dochter broer zus assistente
  matka ojciec syn corka brat siostra asystent asystentka`.split(/\s+/),
)
const calledInEmergency =
  /emergency contact|contact d.?urgence|contacto de emergencia|contatto di emergenza|noodcontact/u

/** Whether a label that somebody chose freely says that what stands beside it is no good, or reaches somebody else. */
export function warnsOff(label: string): boolean {
  const text = fold(label)
  return (
    warnings.test(text) || calledInEmergency.test(text) || text.split(/[^\p{L}]+/u).some((word) => others.has(word))
  )
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').replaceAll('ł', 'l').normalize('NFKD').replace(/\p{M}/gu, '')
}
