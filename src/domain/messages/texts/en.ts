import type { SystemTexts } from '../language-texts.ts'

export const en: SystemTexts = {
  drillMark: 'DRILL',
  drillSpoken: 'This is a drill.',
  reply: (answers, example) => `Reply ${answers}. With code: ${example}`,
  press: (digit, label) => `Press ${digit}: ${label}.`,
  pressStar: 'Press star to repeat.',
  open: 'Open',
  allClear: 'ALL CLEAR',
  allClearBody: 'This alert has ended. You need not answer it any more.',
  expired: 'ENDED',
  expiredBody: 'This alert has ended by its time limit. Nobody has given the all-clear.',
  raised: (time) => `Raised ${time}`,
  recorded: (label) => `Recorded: ${label}. Thank you.`,
  ended: (time) => `This alert ended at ${time}.`,
  kept: 'Your answer has been kept.',
  willBeRead: 'A person will read this.',
  inDanger: (number) => `In danger call ${number ?? 'your emergency number'}.`,
  unknownLink:
    'This link is not valid. Please reply to the message that you were sent, or call the number that it came from.',
  chooseAnswer: 'Please choose one of the answers.',
  noOpenAlert: 'No alert is open for this number.',
  greeting: (organisation) => `This is ${organisation} with an alert for you.`,
  voicemail: (organisation) =>
    `This is ${organisation}. There is an important message for you. Please read the messages on your phone or call this number back.`,
  whoIsThis: 'Several people share this phone. Who is speaking?',
  severalAlerts: 'Several alerts are open. Which one do you want to hear?',
  unknownKey: 'That key is not one of the answers.',
  optedOut: (organisation) => `You will get no more texts from ${organisation} here. Send START to get them again.`,
  optedIn: (organisation) => `You will get texts from ${organisation} again. Send STOP to end them.`,
  toPhone: 'Please phone these people and say what came of it.',
  cardUntil: (time) => `Whoever is not marked by ${time} is contacted directly.`,
  reached: 'Reached. The answer was:',
  noAnswer: 'No answer',
  wrongNumber: 'Wrong number',
  cardNotice: (count, link) =>
    `Please phone ${count === 1 ? '1 person' : `${count} people`}. Names and numbers: ${link}`,
}
