import { describe, expect, test } from 'vitest'
import { orderRecipients } from '../../pwa/state/recipient-view.ts'
import { isNotContacted, sayQuorum, sayStrategy } from '../../pwa/state/say-strategy.ts'
import { sampleAlert, sampleRecipient } from './sample-board.ts'

describe('a strategy in words', () => {
  test('says with its times how it goes on', () => {
    expect(sayStrategy({ strategy: 'broadcast' })).toBe('Broadcast: everybody is contacted at once.')
    expect(sayStrategy({ strategy: 'cascade', hold: 'PT5M' })).toBe(
      'Cascade: goes on below whoever answers, or after 5 min of silence.',
    )
    const relay = sayStrategy({ strategy: 'relay', hold: 'PT1M30S', cardTime: 'PT15M' })
    expect(relay).toContain('within 15 min')
    expect(relay).toContain('after 1 min 30 s of silence')
  })

  test('says whom a quorum needs, in all and by duty, and how many are asked at a time', () => {
    const quorum = { need: 3, perDuty: { 'First aider': 1 }, wave: 2 }
    expect(sayStrategy({ strategy: 'quorum', hold: 'PT2M', quorum })).toBe(
      'Quorum: contacts 2 people at a time until enough have accepted (3 people, 1 with the duty First aider). Counts on silent people for 2 min.',
    )
    const inOrder = { need: 0, perDuty: { Diver: 2 }, wave: 1 }
    expect(sayStrategy({ strategy: 'quorum', hold: 'PT2M', quorum: inOrder })).toContain(
      'one person after the other until enough have accepted (2 with the duty Diver)',
    )
  })
})

describe('a quorum on the board', () => {
  const option = { digit: '1', label: 'I am coming', needsHelp: false }
  const running = {
    strategy: 'quorum' as const,
    state: 'open' as const,
    responseOptions: [
      { ...option, code: 'coming', accepts: true },
      { ...option, code: 'cannot', accepts: false },
    ],
    added: { ...sampleAlert().added, responses: { coming: 1 } },
  }
  const quorum = { need: 2, perDuty: {}, wave: 1 }

  test('that goes on is told apart from one that is filled', () => {
    expect(sayQuorum({ ...running, quorum, responses: { cannot: 5 } })).toMatchObject({
      filled: false,
      words: '1 of the 2 who are needed have accepted. Others are still asked.',
    })
    expect(sayQuorum({ ...running, quorum, responses: { coming: 1 } })).toMatchObject({ filled: true })
  })

  test('is never called filled where the board cannot know the duties, nor after the end', () => {
    const duties = { need: 1, perDuty: { Diver: 2 }, wave: 1 }
    expect(sayQuorum({ ...running, quorum: duties, responses: { coming: 9 } })?.filled).toBe(false)
    expect(sayQuorum({ ...running, quorum, state: 'closed', responses: { coming: 9 } })).toBeNull()
    expect(sayQuorum({ ...running, strategy: 'broadcast', quorum, responses: { coming: 9 } })).toBeNull()
  })
})

describe('whoever has not been contacted', () => {
  const waiting = sampleRecipient('waiting')
  const about = { id: 'd', step: 0, update: 0, attempts: [] }

  test('is neither somebody whose message is on its way nor somebody who cannot be reached', () => {
    expect(isNotContacted(waiting)).toBe(true)
    expect(isNotContacted(sampleRecipient('begun', { reason: 'Begun because the tree begins here.' }))).toBe(false)
    expect(isNotContacted(sampleRecipient('due', { nextAt: '2026-11-25T03:00:00.000Z' }))).toBe(false)
    expect(
      isNotContacted(
        sampleRecipient('sent', {
          deliveries: [{ ...about, channel: 'sms', purpose: 'alert', update: 0, state: 'queued' }],
        }),
      ),
    ).toBe(false)
    expect(isNotContacted(sampleRecipient('lost', { unreachable: 'Every number was refused' }))).toBe(false)
    expect(isNotContacted(sampleRecipient('told', { rung: 'acknowledged' }))).toBe(false)
  })

  test('is not taken for somebody who is silent', () => {
    const silent = sampleRecipient('silent', { rung: 'delivered', changedAt: '2026-11-25T03:04:00.000Z' })
    const answered = sampleRecipient('answered', { rung: 'acknowledged', response: 'safe' })
    const ids = orderRecipients([answered, waiting, silent], new Set()).map(({ id }) => id)
    expect(ids).toEqual(['silent', 'waiting', 'answered'])
  })
})
