import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BoardAction, type BoardState, boardReducer, emptyBoard, fitsCounts } from '../../pwa/state/board-state.ts'
import { sampleAlert, sampleEvent, sampleRecipient } from './sample-board.ts'

const now = Date.parse('2026-11-25T03:01:00.000Z')
const boardAfter = (...actions: BoardAction[]): BoardState => actions.reduce(boardReducer, emptyBoard)

describe('what the board shows', () => {
  test('an answer that came as an event is not undone by a page that was read before it', () => {
    const answered = sampleRecipient('a', { rung: 'acknowledged', changedAt: '2026-11-25T03:00:50.000Z' })
    const state = boardAfter(
      { type: 'events', events: [sampleEvent({ recipients: [answered] })], now },
      { type: 'recipients', items: [sampleRecipient('a'), sampleRecipient('b')] },
    )
    expect(state.recipients.get('a')?.rung).toBe('acknowledged')
    expect(state.recipients.size).toBe(2)
  })

  test('counts that were asked for before an event came do not replace the counts of the event', () => {
    const newer = sampleAlert({ counts: { planned: 2, accepted: 0, delivered: 0, heard: 0, acknowledged: 1 } })
    const state = boardAfter(
      { type: 'events', events: [sampleEvent({ alert: newer })], now },
      { type: 'alert', alert: sampleAlert(), askedAt: now - 100 },
    )
    expect(state.alert?.counts.acknowledged).toBe(1)
  })

  test('counts that were asked for after the last event do replace it', () => {
    const newer = sampleAlert({ unclear: 1 })
    const state = boardAfter(
      { type: 'events', events: [sampleEvent()], now },
      { type: 'alert', alert: newer, askedAt: now + 1 },
    )
    expect(state.alert?.unclear).toBe(1)
  })

  test('a broken connection stops the age from being renewed until everything was read again', () => {
    const lost = boardAfter({ type: 'complete', now }, { type: 'lost' }, { type: 'alive', now: now + 60_000 })
    expect(lost.asOf).toBe(now)
    const event: BoardAction = { type: 'events', events: [sampleEvent()], now: now + 61_000 }
    expect(boardReducer(lost, event).asOf).toBe(now)
    const read = boardReducer(lost, { type: 'complete', now: now + 62_000 })
    expect(boardReducer(read, { type: 'alive', now: now + 63_000 }).asOf).toBe(now + 63_000)
  })

  test('what was kept on the device is shown as not fresh, and never over what the service said', () => {
    const kept = boardAfter(
      { type: 'alert', alert: sampleAlert({ title: 'Kept' }), askedAt: now },
      { type: 'complete', now },
    )
    const restored = boardAfter({ type: 'restored', state: kept })
    expect(restored.alert?.title).toBe('Kept')
    expect(restored.fresh).toBe(false)
    const fresh = boardAfter({ type: 'alert', alert: sampleAlert(), askedAt: now }, { type: 'restored', state: kept })
    expect(fresh.alert?.title).toBe('Leave the building')
  })

  test('the timeline is newest first and holds an entry once, however often it is told', () => {
    const entry = (id: string, at: string) => ({ id, at, kind: 'answered', text: id })
    const first = entry('a', '2026-11-25T03:00:01.000Z')
    const second = entry('b', '2026-11-25T03:00:02.000Z')
    const state = boardAfter(
      { type: 'timeline', items: [first, second] },
      { type: 'events', events: [sampleEvent({ timeline: [second] })], now },
    )
    expect(state.timeline.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('the unclear answer that waits longest stands first', () => {
    const unclear = (id: string, at: string) => ({
      ...{
        id,
        at,
        channel: 'sms',
        from: '+447700900123',
        name: null,
        recipient: null,
        text: 'Stuck on floor 3',
        times: 1,
        reason: '',
      },
    })
    const state = boardAfter(
      { type: 'unclear', items: [unclear('late', '2026-11-25T03:00:09.000Z')] },
      { type: 'events', events: [sampleEvent({ unclear: [unclear('early', '2026-11-25T03:00:05.000Z')] })], now },
    )
    expect(state.unclear.map(({ id }) => id)).toEqual(['early', 'late'])
  })

  test('the order in which news of one person arrives does not matter', () => {
    const rungs = ['planned', 'accepted', 'delivered', 'heard', 'acknowledged'] as const
    const news = rungs.map((rung, second) =>
      sampleRecipient('a', { rung, changedAt: `2026-11-25T03:00:0${second}.000Z` }),
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(news, { minLength: news.length }), (shuffled) => {
        const state = boardAfter(...shuffled.map((item): BoardAction => ({ type: 'recipients', items: [item] })))
        expect(state.recipients.get('a')?.rung).toBe('acknowledged')
      }),
    )
  })

  test('durations are counted by the clock of the service when the clock of the phone is wrong', () => {
    const state = boardAfter({ type: 'events', events: [sampleEvent()], now: now - 3_600_000 })
    expect(state.clockOffset).toBe(3_600_000)
  })

  test('a try that failed again does not make a silent person look newly moved', () => {
    const tried = (second: number) => sampleRecipient('a', { changedAt: `2026-11-25T03:00:0${second}.000Z` })
    const state = boardAfter(
      { type: 'recipients', items: [tried(2)] },
      {
        type: 'events',
        events: [sampleEvent({ recipients: [tried(5)] }), sampleEvent({ recipients: [tried(8)] })],
        now,
      },
      { type: 'recipients', items: [tried(1)] },
    )
    expect(state.recipients.get('a')).toMatchObject({
      ...{ changedAt: '2026-11-25T03:00:08.000Z', rungSince: '2026-11-25T03:00:01.000Z' },
    })
    const moved = sampleRecipient('a', { rung: 'accepted', changedAt: '2026-11-25T03:00:09.000Z' })
    const after = boardReducer(state, { type: 'recipients', items: [moved] })
    expect(after.recipients.get('a')?.rungSince).toBe('2026-11-25T03:00:09.000Z')
  })

  test('a list that does not add up to the counts is known to have missed something', () => {
    const counts = { planned: 1, accepted: 0, delivered: 0, heard: 0, acknowledged: 1 }
    const help = sampleRecipient('a', { rung: 'acknowledged', response: 'help' })
    const state = boardAfter(
      { type: 'alert', alert: sampleAlert({ counts, responses: { safe: 0, help: 1 } }), askedAt: now },
      { type: 'recipients', items: [help, sampleRecipient('b')] },
    )
    expect(fitsCounts(state)).toBe(true)
    const changed = { ...help, response: 'safe', changedAt: '2026-11-25T03:00:01.000Z' }
    expect(fitsCounts(boardReducer(state, { type: 'recipients', items: [changed] }))).toBe(false)
  })
})
