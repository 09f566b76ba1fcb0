import type { DetailsTexts } from '../details-texts.ts'

export const nl: DetailsTexts = {
  title: 'Uw gegevens',
  intro: (organisation) =>
    `${organisation} gebruikt deze gegevens alleen voor alarmen, oefeningen en wat daarop volgt.`,
  name: 'Naam',
  language: 'Taal',
  timeZone: 'Tijdzone',
  away: 'Afwezig tot',
  awayHint: 'Een vervanger neemt over. Laat leeg als u er bent.',
  groups: 'Groepen',
  duty: 'Taak',
  contacts: 'Waar u bereikbaar bent',
  proven: (date) => `bevestigd op ${date}`,
  never: 'nog niet bevestigd',
  failing: 'komt op dit moment niet aan',
  takeOut: 'Verwijderen',
  add: 'Nummer of adres toevoegen',
  addHint: 'Een telefoonnummer met landcode, of een mailadres',
  save: 'Opslaan',
  saved: 'Opgeslagen. Nieuwe nummers en adressen krijgen de vraag of ze u bereiken.',
  nothingChanged: 'Er is niets veranderd.',
  notSaved: (reason) => `Niet opgeslagen. ${reason}`,
  lastOne: 'Er moet een nummer of adres blijven. Voeg eerst het nieuwe toe.',
  stored: 'Dit is alles wat hier over u is opgeslagen, naast de alarmen en oefeningen die u hebt ontvangen.',
  notMe: 'Dit ben ik niet',
  notMeSaid: 'Dank u. Niemand vertrouwt meer op dit nummer of adres.',
}
