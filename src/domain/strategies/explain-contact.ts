import type { Trouble } from './contact-facts.ts'
import type { Because, NewCard, Pass } from './decision.ts'

export type NameOf = (person: string) => string

/** Why a person is contacted, in one sentence of the timeline. */
export function explainContact(person: string, because: Because, nameOf: NameOf): string {
  return `${nameOf(person)} is contacted ${reasonFor(because, nameOf)}.`
}

/** Why several people are contacted, in one sentence of the timeline. */
export function explainContacts(count: number, because: Because, nameOf: NameOf): string {
  return `${countPeople(count)} are contacted ${reasonFor(because, nameOf)}.`
}

export function countPeople(count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}

function reasonFor(because: Because, nameOf: NameOf): string {
  switch (because.why) {
    case 'broadcast':
      return 'because the alert goes to everybody at once'
    case 'root':
      return 'because the tree begins here'
    case 'parent_answered':
      return `because ${nameOf(because.person)} has answered`
    case 'parent_declined':
      return `because ${nameOf(because.person)} has declined`
    case 'hold_over':
      return `because ${nameOf(because.person)} did not answer in time`
    case 'parent_unreachable':
      return `because ${nameOf(because.person)} cannot be reached`
    case 'parent_removed':
      return `because ${nameOf(because.person)} is no longer in the alert`
    case 'parent_away':
      return `because ${nameOf(because.person)} is away`
    case 'deputy_for':
      return `as deputy for ${nameOf(because.person)}, who ${TROUBLES[because.trouble]}`
    case 'card_expired':
      return `because the time of ${nameOf(because.person)}'s card was over without a mark`
    case 'card_no_answer':
      return `because ${nameOf(because.person)} phoned and met no answer`
    case 'card_wrong_number':
      return `because ${nameOf(because.person)} had a wrong number`
    case 'wave':
      return 'because more people are needed'
    case 'wave_for_duty':
      return `because more people with the duty ${because.duty} are needed`
    case 'quorum_reopened':
      return `because ${nameOf(because.person)}, who had accepted, can no longer be counted upon`
    case 'added':
      return 'because somebody who runs the alert asked for it'
  }
}

/** How the lead of a branch passed on, in one sentence of the timeline. */
export function explainPass(pass: Pass, nameOf: NameOf): string {
  const branch = `The branch of ${nameOf(pass.branch)}`
  const because =
    pass.from === null || pass.why === 'answered' ? '' : `, because ${nameOf(pass.from)} ${TROUBLES[pass.why]}`
  if (pass.to === null) return `${branch} has nobody to lead it${because}; its people are contacted directly.`
  if (pass.as === 'lead') return `${branch} goes back to ${nameOf(pass.to)}, who has answered${because}.`
  return `${branch} passes to ${nameOf(pass.to)}, ${ROLES[pass.as]} who has answered${because}.`
}

/** Why somebody gets a card, in one sentence of the timeline. */
export function explainCard(card: Omit<NewCard, 'people'> & { people: number }, nameOf: NameOf): string {
  const task = `${nameOf(card.holder)} is to phone ${countPeople(card.people)}`
  return card.because === 'answered' ? `${task}.` : `${task} of the branch of ${nameOf(card.branch)}.`
}

const ROLES = { deputy: 'a deputy', sibling: 'the nearest beside it', above: 'the nearest above', nobody: '' } as const

const TROUBLES: Record<Trouble, string> = {
  silent: 'did not answer in time',
  declined: 'has declined',
  unreachable: 'cannot be reached',
  removed: 'is no longer in the alert',
  away: 'is away',
}
