/** What a column of a people file can hold. `note` and `fax` are known and left out on purpose. */
export type ColumnRole =
  | 'externalId'
  | 'name'
  | 'firstName'
  | 'middleName'
  | 'lastName'
  | 'mobile'
  | 'phone'
  | 'callOnly'
  | 'textOnly'
  | 'email'
  | 'webhook'
  | 'language'
  | 'timeZone'
  | 'groups'
  | 'duty'
  | 'reportsTo'
  | 'deputy'
  | 'calls'
  | 'note'
  | 'fax'

/** Names of columns in English, German, French and Spanish, as {@link foldHeader} leaves them. */
const synonyms: Record<ColumnRole, string> = {
  externalId: `id externalid personid employeeid employeenumber employeeno staffid staffnumber staffno personnelnumber
    payrollnumber userid uid externeid personalnummer personalnr mitarbeiternummer mitarbeiternr mitarbeiterid kennung
    matricule identifiant idexterne idemploye idemployee numeroemploye numeroemployee idexterno identificador idempleado
    numeroempleado numerodeempleado legajo`,
  name: `name fullname displayname person contact contactname employee employeename staffname personname vollername
    vollstandigername anzeigename mitarbeiter mitarbeitername vornamename namevorname vornamenachname nachnamevorname
    vorundnachname nom nomcomplet nomprenom nometprenom prenomnom prenometnom nomaffiche nombre nombrecompleto
    nombreyapellido nombreyapellidos nombreapellidos apellidosynombre apellidosnombre`,
  firstName:
    'firstname first givenname given forename vorname rufname prenom prenoms nombredepila primernombre nombres',
  middleName: 'middlename middle additionalname zweitername deuxiemeprenom segundonombre',
  lastName: `lastname last surname familyname nachname familienname zuname nomdefamille apellido apellidos
    primerapellido`,
  mobile: `mobile mobilephone mobilenumber mobilephonenumber mobileno mobiletel cell cellphone cellular cellnumber
    cellphonenumber phonemobile mobilework workmobile mobileprivate privatemobile personalmobile primarymobile sms
    smsnumber gsm handy handynummer handynr diensthandy privathandy mobil mobiltelefon mobiltel mobilnummer mobilnr
    mobilfunk mobilfunknummer telefonmobil natel portable portablepro portableperso telportable telephoneportable
    telephonemobile telmobile numeroportable numerodeportable numeromobile numerodemobile movil telefonomovil telmovil
    numeromovil numerodemovil celular telefonocelular numerocelular numerodecelular`,
  phone: `phone phones telephone tel phonenumber telephonenumber phoneno telno telephoneno phonevalue number contactnumber contactno landline
    homephone phonehome workphone phonework businessphone officephone deskphone primaryphone otherphone mainphone
    companymainphone directline voice voicenumber telefon telefonnummer telefonnr telnr rufnummer festnetz
    festnetznummer telefonprivat telefongeschaftlich telefongeschaeftlich telefondienstlich telefonburo telefonbuero
    fixe telfixe telephonefixe numerodetelephone numerotelephone numtel notelephone telephonebureau telephonedomicile
    telephonetravail telephoneprofessionnel telephonepersonnel telephonepro telephoneprive telefono telefonos
    numerodetelefono numerotelefono fijo telfijo telefonofijo telefonotrabajo telefonodetrabajo telefonocasa
    telefonoparticular telefonooficina`,
  callOnly: 'callonly phonecallonly nuranrufen appelsseulement solollamadas',
  textOnly: 'textonly smsonly nursms smsseulement solosms',
  email: `email emails emailaddress mail mailaddress emailvalue workemail emailwork businessemail personalemail
    emailpersonal privateemail primaryemail homeemail emailhome emailadresse mailadresse emailprivat emaildienstlich
    emailgeschaftlich courriel courriels adressemail adresseemail adressecourriel adresseelectronique emailpro
    emailprofessionnel emailpersonnel correo correos correoelectronico direcciondecorreo direcciondecorreoelectronico
    direccionemail direcciondeemail correotrabajo correopersonal`,
  webhook: 'webhook webhooks webhookurl webhookaddress',
  language: `language lang languagecode preferredlanguage locale sprache sprachcode bevorzugtesprache muttersprache
    korrespondenzsprache langue languepreferee codelangue idioma idiomapreferido lengua lenguaje`,
  timeZone: 'timezone tz zone zeitzone fuseauhoraire fuseau zonahoraria husohorario huso',
  groups: `group groups team teams label labels groupmembership tag tags category categories department departments
    gruppe gruppen abteilung abteilungen kategorie kategorien groupe groupes equipe equipes etiquette etiquettes
    categorie service services departement grupo grupos equipo equipos etiqueta etiquetas categoria categorias
    departamento departamentos`,
  duty: `duty duties role function crisisduty crisisrole emergencyrole emergencyduty funktion rolle aufgabe
    krisenfunktion krisenrolle notfallfunktion fonction fonctiondecrise mission roledecrise funcion rol rolenlacrisis
    tarea deber`,
  reportsTo: `reportsto manager managername managerid linemanager supervisor supervisorname supervisorid boss parent
    calledby vorgesetzter vorgesetzte vorgesetztein vorgesetzterin berichtetan angerufenvon responsable
    responsablehierarchique superieur superieurhierarchique rattachea rendcomptea appelepar supervisora jefe jefa
    jefedirecto superior reportaa dependede llamadopor`,
  deputy: `deputy deputies deputyname deputyid substitute substitutes backup standin alternate alternates stellvertreter
    stellvertreterin stellvertretung vertreter vertreterin vertretung suppleant suppleante suppleants remplacant
    remplacante adjoint adjointe suplente suplentes sustituto sustituta sustitutos`,
  calls: 'calls callsto callees children ruftan ruft anrufe appelle appellea llama llamaa',
  note: `note notes comment comments remark remarks notiz notizen bemerkung bemerkungen anmerkung anmerkungen kommentar
    remarque remarques commentaire commentaires nota notas observacion observaciones comentario comentarios`,
  fax: `fax faxnumber businessfax homefax otherfax workfax faxwork faxhome telefax faxnummer faxnr telecopie telecopieur
    numerofax numerodefax`,
}

const roles = new Map<string, ColumnRole>()
for (const [role, names] of Object.entries(synonyms) as [ColumnRole, string][]) {
  for (const name of names.split(/\s+/)) roles.set(name, role)
}

/** Headers that hold several values by their plural name; in a singular one a semicolon is part of the value. */
const plurals =
  /^(groups|teams|labels|groupmembership|tags|categories|departments|gruppen|abteilungen|kategorien|groupes|equipes|etiquettes|services|grupos|equipos|etiquetas|categorias|departamentos)$/

/** A header without case, accents, digits, blanks and signs: `Téléphone 2` becomes `telephone`. */
export function foldHeader(header: string): string {
  return header
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
}

/** The role that a header names, also when it adds something in brackets; undefined when it names none. */
export function roleOf(header: string): ColumnRole | undefined {
  return roles.get(foldHeader(header)) ?? roles.get(foldHeader(header.replace(/[([].*$/, '')))
}

export function isColumnRole(text: string): text is ColumnRole {
  return Object.hasOwn(synonyms, text)
}

export function isPlural(header: string): boolean {
  return plurals.test(foldHeader(header))
}
