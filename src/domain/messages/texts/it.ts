import type { SystemTexts } from '../language-texts.ts'

export const it: SystemTexts = {
  drillMark: 'ESERCITAZIONE',
  drillSpoken: "Questa è un'esercitazione.",
  reply: (answers, example) => `Rispondi ${answers}. Con il codice: ${example}`,
  press: (digit, label) => `Premi ${digit}: ${label}.`,
  pressStar: 'Premi asterisco per riascoltare.',
  open: 'Apri',
  allClear: 'CESSATO ALLARME',
  allClearBody: 'Questo allarme è terminato. Non serve più rispondere.',
  expired: 'SCADUTO',
  expiredBody: 'Questo allarme è scaduto. Nessuno ha dichiarato il cessato allarme.',
  raised: (time) => `Allarme del ${time}`,
  recorded: (label) => `Registrato: ${label}. Grazie.`,
  ended: (time) => `Questo allarme è terminato alle ${time}. La risposta è conservata.`,
  unclear: (number) =>
    `Una persona leggerà questo messaggio. In pericolo chiama il ${number ?? 'numero di emergenza'}.`,
  noOpenAlert: 'Nessun allarme è aperto per questo numero.',
  greeting: (organisation) => `Qui ${organisation}, con un allarme per te.`,
  voicemail: (organisation) =>
    `Qui ${organisation}. C'è un messaggio importante per te. Leggi i messaggi sul telefono o richiama questo numero.`,
  whoIsThis: 'Più persone usano questo telefono. Chi parla?',
  severalAlerts: 'Ci sono più allarmi aperti. Quale vuoi ascoltare?',
  unknownKey: 'Quel tasto non è una delle risposte.',
  optedOut: (organisation) => `Non riceverai altri SMS da ${organisation} qui. Invia START per riceverli di nuovo.`,
  optedIn: (organisation) => `Riceverai di nuovo gli SMS di ${organisation}. Invia STOP per non riceverli più.`,
}
