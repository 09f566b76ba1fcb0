import { describe, expect, test } from 'vitest'
import {
  countHelp,
  countWaiting,
  helpCodes,
  orderRecipients,
  orderResponses,
  pickRecipients,
} from '../../pwa/state/recipient-view.ts'
import { sampleAlert, sampleRecipient } from './sample-board.ts'

const alert = sampleAlert({ responses: { safe: 2, help: 1 } })
const help = helpCodes(alert.responseOptions)
const at = (second: number) => `2026-11-25T03:00:${String(second).padStart(2, '0')}.000Z`

const people = [
  sampleRecipient('safe-early', { rung: 'acknowledged', response: 'safe', changedAt: at(5) }),
  sampleRecipient('silent-short', { rung: 'delivered', changedAt: at(9) }),
  sampleRecipient('helpless', { rung: 'acknowledged', response: 'help', changedAt: at(8) }),
  sampleRecipient('silent-long', { rung: 'accepted', changedAt: at(1) }),
  sampleRecipient('unreachable', { unreachable: 'Every number was refused', changedAt: at(3), name: 'Zoé Lefèvre' }),
  sampleRecipient('safe-late', { rung: 'acknowledged', response: 'safe', changedAt: at(7) }),
]

describe('the list of people', () => {
  test('begins with those who need help, then the unreachable, then those silent longest', () => {
    const ids = orderRecipients(people, help).map(({ id }) => id)
    expect(ids).toEqual(['helpless', 'unreachable', 'silent-long', 'silent-short', 'safe-late', 'safe-early'])
  })

  test('finds a name without its accents', () => {
    expect(pickRecipients(people, 'all', 'zoe LEF', help).map(({ id }) => id)).toEqual(['unreachable'])
  })

  test('shows as silent everyone who has not answered, reachable or not', () => {
    expect(pickRecipients(people, 'silent', '', help)).toHaveLength(3)
  })

  test('narrows to a rung, to an answer, to those who need help and to the unreachable', () => {
    const ids = (filter: Parameters<typeof pickRecipients>[1]) =>
      pickRecipients(people, filter, '', help).map(({ id }) => id)
    expect(ids('rung:delivered')).toEqual(['silent-short'])
    expect(ids('response:safe')).toEqual(['safe-early', 'safe-late'])
    expect(ids('help')).toEqual(['helpless'])
    expect(ids('unreachable')).toEqual(['unreachable'])
  })

  test('no longer counts somebody as unreachable who has answered after all', () => {
    const reached = sampleRecipient('a', { unreachable: 'refused', rung: 'acknowledged', response: 'safe' })
    expect(pickRecipients([reached], 'unreachable', '', help)).toEqual([])
  })
})

describe('the answers', () => {
  test('stand with those that need help first', () => {
    expect(orderResponses(alert.responseOptions).map(({ code }) => code)).toEqual(['help', 'safe', 'away'])
  })

  test('tell how many people need help', () => {
    expect(countHelp(alert)).toBe(1)
    expect(countHelp(sampleAlert())).toBe(0)
  })

  test('a carrier that takes nothing is told with its reason, and not for people who have answered or been reached', () => {
    const failed = { id: 'attempt', carrier: 'first', state: 'failed', error: 'no connection' } as const
    const delivery = { id: 'delivery', channel: 'sms', step: 0, purpose: 'alert', update: 0 } as const
    const waits = { deliveries: [{ ...delivery, state: 'queued' as const, attempts: [failed] }] }
    const all = [
      sampleRecipient('a', waits),
      sampleRecipient('b', waits),
      sampleRecipient('answered', { ...waits, rung: 'acknowledged', response: 'safe' }),
      sampleRecipient('first-try', { deliveries: [{ ...delivery, state: 'queued', attempts: [] }] }),
      sampleRecipient('taken', {
        deliveries: [{ ...delivery, state: 'accepted', attempts: [failed, { ...failed, state: 'accepted' }] }],
      }),
    ]
    expect(countWaiting(all)).toEqual([{ carrier: 'first', error: 'no connection', people: 2 }])
  })
})
