import { describe, expect, test } from 'vitest'
import {
  countCalls,
  countDone,
  isOutcome,
  listOutcomes,
  sayStanding,
  tellChanges,
  whyOver,
} from '../../pwa/state/phone-card.ts'
import type { MyCard } from '../../src/contract/cards.ts'
import { sampleAlert } from './sample-board.ts'

const { responseOptions } = sampleAlert()
const [safe, help] = responseOptions
const NOW = Date.parse('2026-11-25T03:05:00.000Z')
const LATER = '2026-11-25T03:15:00.000Z'

type Person = MyCard['people'][number]

function person(name: string, changes: Partial<Person> = {}): Person {
  return { person: name, name, mark: null, markedAt: null, response: null, phones: ['+447700900101'], ...changes }
}

function card(changes: Partial<MyCard> = {}): MyCard {
  return {
    ...{ id: 'card-1', alert: 'alert-1', title: 'Leave the building', responseOptions },
    holder: { person: 'ada', name: 'Ada' },
    branch: { person: 'ada', name: 'Ada' },
    ...{ issuedAt: '2026-11-25T03:00:00.000Z', deadline: LATER, endedAt: null, endedWhy: null },
    people: [person('Ben'), person('Cem'), person('Dov')],
    ...changes,
  }
}

describe('the people whom somebody is to phone', () => {
  test('are fewer by everybody who is marked or has answered', () => {
    const people = [person('Ben', { mark: 'no_answer' }), person('Cem', { response: 'safe' }), person('Dov')]
    expect(countCalls([card({ people })], NOW)).toEqual([
      { alert: 'alert-1', title: 'Leave the building', count: 1, deadline: LATER },
    ])
    expect(countDone([card({ people })])).toEqual({ done: 2, all: 3 })
  })

  test('are counted together over the cards of one alert, and the alert that presses most comes first', () => {
    const soon = '2026-11-25T03:06:00.000Z'
    const calls = countCalls(
      [
        card(),
        card({ id: 'card-2', alert: 'alert-2', deadline: soon }),
        card({ id: 'card-3', people: [person('Eve')] }),
      ],
      NOW,
    )
    expect(calls.map(({ alert, count, deadline }) => [alert, count, deadline])).toEqual([
      ['alert-2', 3, soon],
      ['alert-1', 4, LATER],
    ])
  })

  test('are asked for no longer once the card is over, also before the service has said so', () => {
    expect(whyOver(card(), NOW)).toBeNull()
    expect(whyOver(card(), Date.parse(LATER))).toBe('deadline')
    expect(whyOver(card({ endedAt: LATER, endedWhy: 'holder_declined' }), NOW)).toBe('holder_declined')
    expect(countCalls([card()], Date.parse(LATER))).toEqual([])
  })
})

describe('what came of a call', () => {
  test('is one tap: each answer means reached, and then there are no answer and a wrong number', () => {
    const { reached, notReached } = listOutcomes(responseOptions.toReversed())
    expect(reached.map(({ mark, response }) => [mark, response])).toEqual([
      ['reached', 'safe'],
      ['reached', 'help'],
      ['reached', 'away'],
    ])
    expect(notReached.map(({ mark }) => mark)).toEqual(['no_answer', 'wrong_number'])
  })

  test('shows on the button that was tapped, and an answer outdoes an earlier mark', () => {
    const { reached, notReached } = listOutcomes(responseOptions)
    const pressed = (one: Person) => [...reached, ...notReached].filter((outcome) => isOutcome(one, outcome))
    expect(pressed(person('Ben'))).toEqual([])
    expect(pressed(person('Ben', { mark: 'no_answer' })).map(({ label }) => label)).toEqual(['No answer'])
    const both = person('Ben', { mark: 'no_answer', response: 'safe' })
    expect(pressed(both).map(({ label }) => label)).toEqual([safe?.label])
    expect(sayStanding(both, responseOptions)).toBe('Has answered: I am safe')
  })

  test('tells who was reached by phone from who has answered alone', () => {
    const reached = person('Ben', { mark: 'reached', response: 'help' })
    expect(sayStanding(reached, responseOptions)).toBe(`Reached: ${help?.label}`)
    expect(sayStanding(person('Ben', { mark: 'reached' }), responseOptions)).toBe('Reached')
    expect(sayStanding(person('Ben'), responseOptions)).toBe('Not marked yet')
  })

  test('is told to those who only listen, as is a new card and the end of one', () => {
    const before = card()
    const people = [person('Ben', { mark: 'wrong_number' }), person('Cem', { response: 'safe' }), person('Dov')]
    expect(tellChanges([before], [card({ people })])).toEqual(['Ben: Wrong number.', 'Cem: Has answered: I am safe.'])
    expect(tellChanges([], [before])).toEqual(['Phone 3 people.'])
    expect(tellChanges([before], [card({ endedAt: LATER, endedWhy: 'deadline' })])).toEqual([
      'The time for these calls is over: whoever is not marked is contacted by Tocsin.',
    ])
    expect(tellChanges([before], [card()])).toEqual([])
  })
})
