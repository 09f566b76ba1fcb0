import type { SystemTexts } from '../language-texts.ts'

export const nl: SystemTexts = {
  drillMark: 'OEFENING',
  drillSpoken: 'Dit is een oefening.',
  reply: (answers, example) => `Antwoord ${answers}. Met code: ${example}`,
  press: (digit, label) => `Druk op ${digit}: ${label}.`,
  pressStar: 'Druk op sterretje om het nog eens te horen.',
  open: 'Openen',
  allClear: 'EINDE ALARM',
  allClearBody: 'Dit alarm is beëindigd. U hoeft niet meer te antwoorden.',
  expired: 'VERLOPEN',
  expiredBody: 'Dit alarm is verlopen. Niemand heeft het einde van het gevaar gemeld.',
  raised: (time) => `Alarm van ${time}`,
  recorded: (label) => `Vastgelegd: ${label}. Dank u.`,
  ended: (time) => `Dit alarm is om ${time} beëindigd. Uw antwoord is bewaard.`,
  unclear: (number) => `Een mens leest dit. Bel in gevaar ${number ?? 'het alarmnummer'}.`,
  noOpenAlert: 'Voor dit nummer staat geen alarm open.',
  greeting: (organisation) => `Dit is ${organisation} met een alarm voor u.`,
  voicemail: (organisation) =>
    `Dit is ${organisation}. Er is een belangrijk bericht voor u. Lees de berichten op uw telefoon of bel dit nummer terug.`,
  whoIsThis: 'Meerdere mensen delen deze telefoon. Met wie spreek ik?',
  severalAlerts: 'Er staan meerdere alarmen open. Welk alarm wilt u horen?',
  unknownKey: 'Die toets is geen van de antwoorden.',
  optedOut: (organisation) => `U krijgt hier geen sms meer van ${organisation}. Stuur START om ze weer te krijgen.`,
  optedIn: (organisation) => `U krijgt weer sms van ${organisation}. Stuur STOP om ze te beëindigen.`,
}
