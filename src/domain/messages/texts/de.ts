import type { SystemTexts } from '../language-texts.ts'

export const de: SystemTexts = {
  drillMark: 'ÜBUNG',
  drillSpoken: 'Dies ist eine Übung.',
  reply: (answers, example) => `Antworten Sie ${answers}. Mit Code: ${example}`,
  answerAt: (number, answers, example) =>
    `Rufen Sie ${number} an oder schreiben Sie dorthin: ${answers}. Mit Code: ${example}`,
  press: (digit, label) => `Drücken Sie ${digit}: ${label}.`,
  pressStar: 'Drücken Sie Stern, um es noch einmal zu hören.',
  open: 'Öffnen',
  allClear: 'ENTWARNUNG',
  allClearBody: 'Dieser Alarm ist beendet. Sie müssen nicht mehr antworten.',
  expired: 'BEENDET',
  expiredBody: 'Dieser Alarm ist durch Zeitablauf beendet. Niemand hat Entwarnung gegeben.',
  update: 'NEUER STAND',
  cancelled: 'ABGESAGT',
  cancelledBody: 'Dieser Alarm ist abgesagt und gilt nicht mehr. Sie müssen nichts tun und nicht antworten.',
  inError: 'IRRTUM',
  inErrorBody: 'Dieser Alarm wurde irrtümlich gesendet und gilt nicht. Sie müssen nichts tun und nicht antworten.',
  ending: 'ENDET BALD',
  endingBody: (time) =>
    `Niemand hat diesen Alarm beendet. Er endet von selbst um ${time}. Beenden oder verlängern Sie ihn.`,
  raised: (time) => `Ausgelöst ${time}`,
  word: (number, word) => `Wort ${number}: ${word}`,
  wordSpoken: (number) => `Das Wort Nummer ${number} lautet:`,
  recorded: (label) => `Erfasst: ${label}. Danke.`,
  ended: (time) => `Dieser Alarm wurde um ${time} beendet.`,
  kept: 'Ihre Antwort ist gespeichert.',
  willBeRead: 'Ein Mensch liest das.',
  inDanger: (number) => `In Gefahr rufen Sie ${number ?? 'den Notruf'} an.`,
  unknownLink:
    'Dieser Link ist nicht gültig. Bitte antworten Sie auf die Nachricht, die Sie bekommen haben, oder rufen Sie deren Nummer an.',
  chooseAnswer: 'Bitte wählen Sie eine der Antworten.',
  notKept: 'Ihre Antwort konnte gerade nicht festgehalten werden. Bitte drücken Sie gleich noch einmal.',
  noOpenAlert: 'Für diese Nummer ist kein Alarm offen.',
  greeting: (organisation) => `Hier ist ${organisation} mit einem Alarm für Sie.`,
  voicemail: (organisation) =>
    `Hier ist ${organisation}. Es gibt eine wichtige Nachricht für Sie. Bitte lesen Sie die Nachrichten auf Ihrem Telefon oder rufen Sie diese Nummer zurück.`,
  whoIsThis: 'Dieses Telefon gehört mehreren Personen. Wer spricht?',
  severalAlerts: 'Mehrere Alarme sind offen. Welchen möchten Sie hören?',
  unknownKey: 'Diese Taste ist keine der Antworten.',
  optedOut: (organisation) =>
    `Sie erhalten hier keine SMS von ${organisation} mehr. Mit START erhalten Sie sie wieder.`,
  optedIn: (organisation) => `Sie erhalten wieder SMS von ${organisation}. Mit STOP beenden Sie sie.`,
  toPhone: 'Bitte rufen Sie diese Personen an und melden Sie das Ergebnis.',
  cardUntil: (time) => `Wer bis ${time} nicht markiert ist, wird direkt benachrichtigt.`,
  reached: 'Erreicht. Die Antwort war:',
  noAnswer: 'Keine Antwort',
  wrongNumber: 'Falsche Nummer',
  notNeeded: 'NICHT BENÖTIGT',
  notNeededBody: 'Es haben genügend Personen zugesagt. Sie werden hierfür nicht gebraucht. Danke.',
  neededAgain: 'DOCH BENÖTIGT',
  card: 'BITTE ANRUFEN',
  cardBody: 'Bitte rufen Sie die Personen auf Ihrer Karte an und melden Sie das Ergebnis. Namen und Nummern:',
  noEmergency: 'KEIN NOTFALL',
  checkTitle: 'Erreicht Sie das?',
  checkBody:
    'Wir prüfen die Nummern und Adressen, die im Notfall gebraucht werden. Bitte bestätigen Sie. Auf der Seite können Sie Ihre Angaben auch berichtigen.',
  checkLabel: 'Es erreicht mich',
  checkCall: (organisation) =>
    `Hier ist ${organisation}. Das ist kein Notfall. Wir prüfen, ob diese Nummer Sie erreicht.`,
  checkVoicemail: (organisation) =>
    `Hier ist ${organisation}. Das ist kein Notfall. Wir prüfen nur diese Nummer. Sie müssen nichts tun.`,
  checkDone: 'Danke. Das ist bestätigt.',
  cardSpoken:
    'Bitte rufen Sie die Personen auf Ihrer Karte an. Namen und Nummern stehen in der App. Ohne sie fragen Sie bitte, wer diesen Alarm gesendet hat.',
}
