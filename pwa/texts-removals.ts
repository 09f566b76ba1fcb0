import { people } from './texts-people.ts'

/** The words about whom a directory wanted to take out. */
export const removalTexts = {
  title: (count: number) => `The directory proposes to remove ${people(count)}`,
  explain: 'They are still alerted until an administrator decides.',
  how: { deactivated: 'deactivated', deleted: 'deleted' },
  why: (how: string, when: string) => `${how} in the directory, ${when}`,
  reason: {
    over_limit: 'More people at once than a directory may remove by itself.',
    in_alert: 'Was in a running alert.',
    has_account: 'Can sign in here.',
  },
  one: { confirm: 'Remove', reject: 'Keep' },
  all: {
    confirm: (count: number) => `Remove all ${people(count)}`,
    reject: (count: number) => `Keep all ${people(count)}`,
  },
  ask: {
    confirm: {
      title: (count: number) => `Remove ${people(count)}?`,
      body: 'No alert reaches them any more. Records keep their names. The directory can bring them back.',
      yes: (count: number) => `Remove ${people(count)}`,
    },
    reject: {
      title: (count: number) => `Keep ${people(count)}?`,
      body: 'They stay, and alerts go on reaching them, although the directory has let them go.',
      yes: (count: number) => `Keep ${people(count)}`,
    },
  },
}
