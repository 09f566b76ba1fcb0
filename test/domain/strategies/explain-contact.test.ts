import { describe, expect, it } from 'vitest'
import type { Because, Pass } from '../../../src/domain/strategies/decision.ts'
import { explainCard, explainContact, explainPass } from '../../../src/domain/strategies/explain-contact.ts'

const NAMES: Record<string, string> = { a: 'Ana', b: 'Bo', c: 'Cy' }
const nameOf = (person: string) => NAMES[person] ?? person
const tree = 't'

describe('the timeline says in one sentence', () => {
  it.each<[Because, string]>([
    [{ why: 'broadcast' }, 'because the alert goes to everybody at once'],
    [{ why: 'root' }, 'because the tree begins here'],
    [{ why: 'parent_answered', person: 'b', tree }, 'because Bo has answered'],
    [{ why: 'parent_declined', person: 'b', tree }, 'because Bo has declined'],
    [{ why: 'hold_over', person: 'b', tree }, 'because Bo did not answer in time'],
    [{ why: 'parent_unreachable', person: 'b', tree }, 'because Bo cannot be reached'],
    [{ why: 'parent_removed', person: 'b', tree }, 'because Bo is no longer in the alert'],
    [{ why: 'parent_away', person: 'b', tree }, 'because Bo is away'],
    [{ why: 'deputy_for', person: 'b', trouble: 'silent' }, 'as deputy for Bo, who did not answer in time'],
    [{ why: 'card_expired', person: 'b', tree }, "because the time of Bo's card was over without a mark"],
    [{ why: 'card_no_answer', person: 'b', tree }, 'because Bo phoned and met no answer'],
    [{ why: 'card_wrong_number', person: 'b', tree }, 'because Bo had a wrong number'],
    [{ why: 'wave' }, 'because more people are needed'],
    [{ why: 'wave_for_duty', duty: 'warden' }, 'because more people with the duty warden are needed'],
    [{ why: 'quorum_reopened', person: 'b' }, 'because Bo, who had accepted, can no longer be counted upon'],
  ])('why somebody is contacted: %j', (because, words) => {
    expect(explainContact('a', because, nameOf)).toBe(`Ana is contacted ${words}.`)
  })

  it.each<[Partial<Pass>, string]>([
    [{}, 'The branch of Ana passes to Bo, a deputy who has answered, because Ana did not answer in time.'],
    [
      { as: 'sibling', why: 'away' },
      'The branch of Ana passes to Bo, the nearest beside it who has answered, because Ana is away.',
    ],
    [
      { as: 'nobody', to: null },
      'The branch of Ana has nobody to lead it, because Ana did not answer in time; its people are contacted directly.',
    ],
    [{ from: null, to: 'a', as: 'lead', why: 'answered' }, 'The branch of Ana goes back to Ana, who has answered.'],
    [
      { from: null, as: 'above', why: 'answered' },
      'The branch of Ana passes to Bo, the nearest above who has answered.',
    ],
  ])('how a branch passes on: %j', (change, words) => {
    const pass: Pass = { tree, branch: 'a', from: 'a', to: 'b', as: 'deputy', why: 'silent', at: 0, ...change }
    expect(explainPass(pass, nameOf)).toBe(words)
  })

  it('whom somebody is to phone', () => {
    const card = { tree, branch: 'a', holder: 'a', people: 2, deadline: 0, because: 'answered' } as const
    expect(explainCard(card, nameOf)).toBe('Ana is to phone 2 people.')
    expect(explainCard({ ...card, holder: 'b', people: 1, because: 'deputy' }, nameOf)).toBe(
      'Bo is to phone 1 person of the branch of Ana.',
    )
  })
})
