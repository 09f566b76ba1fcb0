import { formatNumber } from './format.ts'

/** The words of the page of one person. */
export const personTexts = {
  unknown: 'There is no such person',
  gone: 'This person was taken out. What they were is kept below and can be brought back.',
  contacts: 'Contact points',
  add: {
    title: 'Add a number or address',
    kind: 'What it is',
    kinds: { mobile: 'Mobile: text and call', landline: 'Landline: call only', email: 'Mail' },
    address: 'Number or mail address',
    hint: 'With country code where it is another country.',
    button: 'Add',
    done: 'Added.',
  },
  link: {
    button: 'Make a link to their own details',
    title: (name: string) => `A link for ${name} alone`,
    body: (name: string) =>
      `Whoever holds the link sees and changes the details of ${name}, and is believed to be ${name}. Give it to nobody else. It ends after a week.`,
    make: 'Make the link',
    shown: (name: string, until: string) => `Only for ${name}. Ends ${until}. It is shown this once.`,
    label: 'The link',
    copy: 'Copy',
    copied: 'Copied.',
    byHand: 'Copy it from the field: this browser lets no page do so.',
    done: 'Done',
  },
  history: {
    title: 'History',
    version: (version: number) => `Version ${formatNumber(version)}`,
    by: (when: string, by: string) => (by === '' ? when : `${when}, by ${by}`),
    now: 'as it is now',
    removed: 'taken out',
    first: 'first known',
    same: 'nothing that shows here',
    changed: (field: string, from: string, to: string) => `${field}: ${from} → ${to}`,
    nothing: 'none',
    fields: {
      name: 'Name',
      externalId: 'External id',
      language: 'Language',
      timeZone: 'Time zone',
      groups: 'Groups',
      duty: 'Duty',
      contactPoints: 'Contact points',
    },
    back: 'Bring back',
    backOf: (version: number) => `Bring back version ${formatNumber(version)}`,
    backTitle: (name: string, version: number) => `Make ${name} what they were in version ${formatNumber(version)}?`,
    backBody:
      'Name, groups, duty, language and contact points become what they were then. The present state stays in this list.',
    backRemoved: 'They are in the list of people again. Their places in trees are not brought back by this.',
  },
  remove: {
    button: 'Take this person out',
    title: (name: string) => `Take ${name} out?`,
    body: 'No alert reaches them any more. Records keep the name, and the history brings them back.',
    trees: 'Their places in trees stay until somebody takes them out: see what is weak.',
    inAlerts: (name: string, count: number) =>
      count === 1
        ? `${name} is in an alert that is running:`
        : `${name} is in ${formatNumber(count)} alerts that are running:`,
    inAlertsNote: 'They would not be contacted any further in it. Better wait until it has ended.',
    yes: 'Take out',
    anyway: 'Take out all the same',
    looking: 'Looking whether they are in a running alert…',
  },
}
