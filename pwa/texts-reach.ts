import type { TreeReach } from '../src/contract/reach.ts'
import { formatNumber, plural } from './format.ts'
import { people } from './texts-people.ts'

type Proof = keyof TreeReach['proofs']
const points = (count: number) => plural(count, 'contact point', 'contact points')
const days = (count: number) => plural(count, 'day', 'days')

/** The words of the ledger: how far people have proven that they can be reached, and asking them. */
export const reachTexts = {
  title: 'Who can be reached',
  lead: 'A contact point is proven when its owner answers by it: an alert, a drill, or a question from here.',
  everybody: 'Everybody',
  proof: {
    proven: 'proven',
    ageing: 'ageing',
    stale: 'stale',
    never: 'never proven',
    lost: 'lost',
  } satisfies Record<Proof, string>,
  meaning: {
    proven: 'answered within 3 months',
    ageing: 'answered 3 to 6 months ago',
    stale: 'answered longer ago',
    never: 'never answered',
    lost: 'nothing reaches them',
  } satisfies Record<Proof, string>,
  expected: (share: string) => `About ${share} would be reached: an estimate.`,
  assumptions: 'What the estimate assumes',
  assumed: (proof: string, count: number) => `${proof}: ${formatNumber(count)} of 100 people are reached`,
  assumedNote: 'These are assumptions, not measurements. A drill shows how it is.',
  table: 'As a table, by channel',
  tableOf: (name: string) => `Proofs of ${name}`,
  by: 'By',
  best: 'any way',
  worst: 'People, the worst off first',
  tree: 'Tree',
  state: 'Proof',
  all: 'all',
  nobody: 'Nobody stands like that.',
  lastProof: (when: string) => `last answer ${when}`,
  ask: 'Ask now',
  askOf: (kind: string, name: string) => `Ask now: ${name}, ${kind}`,
  asked: 'Asked: the answer shows here.',
  askAll: {
    button: 'Ask all without recent proof',
    title: 'Ask all without recent proof',
    body: 'Each is asked by the contact point itself, says that it is no emergency, and answers with one tap or key. By day on weekdays where they are.',
    within: 'Leave alone who answered within so many days',
    over: 'Spread over so many days',
    look: 'How many are asked?',
    most: (count: number, over: number) =>
      count === 0 ? 'Nobody has to be asked.' : `At most ${points(count)} are asked, over ${days(over)}.`,
    counting: 'Counting…',
    yes: (count: number) => `Ask ${points(count)}`,
    done: (count: number) => `${plural(count, 'contact point is', 'contact points are')} going to be asked.`,
  },
  standing: {
    title: 'Asked without anybody starting it',
    label: 'Ask by itself whoever has not answered for',
    never: 'never',
    every: (count: number) => days(count),
    note: 'Looked after once a week, spread over the days that follow.',
    save: 'Set',
    saved: 'It is set.',
  },
  checks: {
    title: 'What is being asked',
    show: 'Show',
    state: {
      waiting: 'waiting to be sent',
      sent: 'sent, no answer yet',
      proven: 'answered',
      failed: 'could not be delivered',
      expired: 'nobody answered in time',
      dropped: 'taken back',
    } as Record<string, string>,
    due: (when: string) => `due ${when}`,
    sent: (when: string) => `sent ${when}`,
    ended: (when: string) => `ended ${when}`,
    none: 'None.',
    drop: 'Take back what has not gone out',
    dropTitle: 'Take back what has not gone out?',
    dropBody: 'Questions that wait are not sent. Those that were sent can still be answered.',
    dropped: (count: number) => `${plural(count, 'question was', 'questions were')} taken back.`,
  },
  link: 'Who can be reached: the ledger',
  people: (count: number) => people(count),
}
