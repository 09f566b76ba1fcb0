import type { SystemTexts } from '../language-texts.ts'

export const pl: SystemTexts = {
  drillMark: 'ALARM TESTOWY',
  drillSpoken: 'To są ćwiczenia.',
  reply: (answers, example) => `Odpowiedz ${answers}. Z kodem: ${example}`,
  press: (digit, label) => `Naciśnij ${digit}: ${label}.`,
  pressStar: 'Naciśnij gwiazdkę, aby powtórzyć.',
  open: 'Otwórz',
  allClear: 'KONIEC ALARMU',
  allClearBody: 'Ten alarm został zakończony. Nie trzeba już odpowiadać.',
  expired: 'WYGASŁ',
  expiredBody: 'Ten alarm wygasł po upływie czasu. Nikt nie odwołał alarmu.',
  raised: (time) => `Alarm z ${time}`,
  recorded: (label) => `Zapisano: ${label}. Dziękujemy.`,
  ended: (time) => `Ten alarm zakończono o ${time}.`,
  kept: 'Odpowiedź została zachowana.',
  willBeRead: 'Przeczyta to człowiek.',
  inDanger: (number) => `W niebezpieczeństwie dzwoń pod ${number ?? 'numer alarmowy'}.`,
  unknownLink:
    'Ten link jest nieważny. Proszę odpowiedzieć na otrzymaną wiadomość lub zadzwonić pod numer, z którego przyszła.',
  chooseAnswer: 'Proszę wybrać jedną z odpowiedzi.',
  noOpenAlert: 'Dla tego numeru nie ma otwartego alarmu.',
  greeting: (organisation) => `Tu ${organisation} z alarmem dla ciebie.`,
  voicemail: (organisation) =>
    `Tu ${organisation}. Jest dla ciebie ważna wiadomość. Przeczytaj wiadomości w telefonie lub oddzwoń na ten numer.`,
  whoIsThis: 'Z tego telefonu korzysta kilka osób. Kto mówi?',
  severalAlerts: 'Otwartych jest kilka alarmów. Którego chcesz wysłuchać?',
  unknownKey: 'Ten klawisz nie oznacza żadnej odpowiedzi.',
  optedOut: (organisation) => `Nie otrzymasz tu więcej SMS-ów od ${organisation}. Wyślij START, aby je przywrócić.`,
  optedIn: (organisation) => `Znów otrzymasz SMS-y od ${organisation}. Wyślij STOP, aby je zatrzymać.`,
}
