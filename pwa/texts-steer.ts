import { people } from './texts-people.ts'

const mayHave = (count: number) => `Everyone who may have received it (up to ${people(count)})`

/** The words for what can be done to a running alert. */
export const steerTexts = {
  title: 'This alert',
  update: 'Update',
  updateTitle: 'Say something new',
  updateBody:
    'It goes at once to every phone that may have the alert, and instead of the first text to those who are still to be contacted. Answers stay as they are. Everyone gets it as you write it.',
  newText: 'New text',
  now: (body: string) => `The text so far: ${body}`,
  to: 'To whom',
  audience: {
    all: (count: number) => `Everyone (${people(count)})`,
    acknowledged: (count: number) => `Those who have answered (${people(count)})`,
    silent: (count: number) => `Those who have not answered (${people(count)})`,
  },
  sendUpdate: 'Send the update',
  sending: 'Sending…',
  extend: (span: string) => `Let it go on for ${span}`,
  endsSoon: (when: string) => `Nobody has closed this alert. It ends by itself ${when}.`,
  add: 'Add people',
  addTitle: 'Add people to this alert',
  addBody:
    'They are contacted from the beginning, with the newest text. They are counted apart from those it was raised to.',
  addTrees: 'Everybody of',
  addPerson: 'Somebody by name',
  addFound: 'Found',
  addNobody: 'Nobody of that name.',
  addButton: 'Add them',
  added: (count: number, acknowledged: number) => `${people(count)} added later: ${acknowledged} acknowledged`,
  addedMark: 'added later',
  updates: 'Updates',
  updateLine: (when: string, by: string, whom: string) => `${when} by ${by}, for ${whom}`,
  audienceName: { all: 'everyone', acknowledged: 'those who had answered', silent: 'those who had not answered' },
  inError: {
    button: 'Sent in error',
    title: 'Was this alert sent in error?',
    body: (count: number) =>
      `${mayHave(count)} is told that it was sent in error and does not apply. The alert ends, nobody else is contacted, and this cannot be taken back.`,
    confirm: 'Yes, tell them',
  },
  cancel: {
    button: 'Cancel alert',
    title: 'Cancel this alert?',
    body: (count: number) =>
      `${mayHave(count)} is told that it is cancelled and no longer applies. The alert ends, nobody else is contacted, and this cannot be taken back.`,
    remark: 'Why (sent as you write it; may stay empty)',
    confirm: 'Cancel the alert',
  },
  cancelledAt: (when: string) => `Cancelled ${when}`,
  inErrorAt: (when: string) => `Sent in error, ended ${when}`,
}
