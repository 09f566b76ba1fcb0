import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAlert } from '../../src/application/alerts/close-alert.ts'
import { receiveEvent } from '../../src/application/answers/receive-event.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import type { CarrierEvent } from '../../src/application/ports/carrier.ts'
import type { RecipientView } from '../../src/contract/alerts.ts'
import { RUNGS } from '../../src/domain/alerts/rung.ts'
import { seededRandom } from '../../src/simulator/random.ts'
import { accept, createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { noteFault } from '../harness/fault-table.ts'
import { type Rig, SENDER, startRig } from '../harness/rig.ts'
import { numberOf } from './service-process.ts'

const HOST = { kind: 'host' } as const
const SEED = 2_000

let rig: Rig
let first: FakeCarrier
let deps: Deps

beforeEach(async () => {
  rig = await startRig()
  first = createFakeCarrier('first', ['sms'])
  deps = withCarriers(rig.deps, first)
})
afterEach(() => rig.close())

async function raiseTo(people: number) {
  const rows = Array.from({ length: people }, (_, index) => `P${index},Person ${index},${numberOf(index)}`)
  await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
  await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
  return rig.raise()
}

const status = (attemptId: string, state: 'sent' | 'delivered' | 'failed', by = `provider-${attemptId}`) =>
  ({
    kind: 'status',
    attemptId,
    providerId: by,
    state,
    ...(state === 'failed' ? { error: { code: 'c', reason: 'phone is off', permanent: false } } : {}),
  }) as CarrierEvent
const text = (from: string, words: string, messageId = `${from} ${words}`) =>
  ({ kind: 'text', messageId, from, to: SENDER, text: words, optOut: null }) as CarrierEvent

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}

const height = ({ rung }: RecipientView) => RUNGS.indexOf(rung)

describe('callbacks that come late, twice, shuffled and at once', () => {
  it('two thousand of them leave everybody where they prove, and move nobody down', async ({ task }) => {
    const PEOPLE = 200
    const random = seededRandom(SEED)
    const { id, code } = await raiseTo(PEOPLE)
    await dispatchDue(deps)
    const expected = { planned: 0, accepted: 0, delivered: 0, heard: 0, acknowledged: 0 }
    let unreachable = 0
    const events = first.sent.flatMap(({ attemptId, address }) => {
      const answers = random() < 0.4
      const arrives = random() < 0.6
      const fails = random() < 0.3
      if (answers) expected.acknowledged++
      else if (arrives) expected.delivered++
      else expected.accepted++
      if (fails && !answers && !arrives) unreachable++
      const proven = [
        status(attemptId, 'sent'),
        ...(arrives ? [status(attemptId, 'delivered')] : []),
        ...(fails ? [status(attemptId, 'failed')] : []),
        ...(answers ? [text(address, `1 ${code}`)] : []),
      ]
      return proven
    })
    // Every one at least once, and as many again until there are two thousand.
    const repeated = Array.from({ length: 2_000 - events.length }, () => events[Math.floor(random() * events.length)])
    const all = shuffle([...events, ...repeated.filter((event) => event !== undefined)], random)
    expect(all).toHaveLength(2_000)
    let before = await rig.recipients(id)
    for (let from = 0; from < all.length; from += 100) {
      await Promise.all(all.slice(from, from + 100).map((event) => receiveEvent(deps, first, event)))
      await dispatchDue(deps)
      const after = await rig.recipients(id)
      const lower = after.filter((one, index) => height(one) < height(before[index] ?? one))
      expect(lower).toEqual([])
      before = after
    }
    const alert = await rig.alert(id)
    const lost = Math.max(0, expected.acknowledged - alert.counts.acknowledged)
    noteFault(task, {
      fault: `2,000 callbacks, repeated and shuffled, a hundred at once (seed ${SEED})`,
      rounds: 1,
      messages: PEOPLE,
      lost,
      double: first.sent.length - PEOPLE,
      allowed: 0,
    })
    expect({ counts: alert.counts, unreachable: alert.unreachable }).toEqual({ counts: expected, unreachable })
    expect(first.sent).toHaveLength(PEOPLE)
    const answers = await deps.store.answers.of(id)
    expect(answers).toHaveLength(expected.acknowledged)
  })

  it('for unknown messages, of another carrier and in nonsense change nothing', async () => {
    const second = createFakeCarrier('second', ['sms'])
    deps = withCarriers(rig.deps, first, second)
    const { id } = await raiseTo(20)
    await dispatchDue(deps)
    const before = await rig.recipients(id)
    const attemptIds = first.sent.map(({ attemptId }) => attemptId)
    await Promise.all(
      attemptIds.flatMap((attemptId) => [
        receiveEvent(deps, second, status(attemptId, 'delivered', 'another')),
        receiveEvent(deps, first, status(attemptId, 'delivered', 'another')),
        receiveEvent(deps, first, status(attemptId.replace(/\.1$/, '.7'), 'delivered')),
        receiveEvent(deps, first, status(`${deps.newId()}.1`, 'failed')),
        receiveEvent(deps, first, status('nonsense', 'delivered', 'unknown')),
        receiveEvent(deps, first, { ...status(attemptId, 'failed', 'unknown'), attemptId: null } as CarrierEvent),
      ]),
    )
    expect(await rig.recipients(id)).toEqual(before)
  })

  it('before the carrier’s own answer count at once, and that answer takes nothing back', async ({ task }) => {
    const PEOPLE = 30
    const reports = ['sent', 'delivered', 'failed'] as const
    first.answer = async (message) => {
      const index = Number(message.address.slice(-3))
      await receiveEvent(deps, first, status(message.attemptId, reports[index % 3] ?? 'sent'))
      if (index % 2 === 0) await receiveEvent(deps, first, text(message.address, `1 ${message.code}`))
      return accept(message)
    }
    const { id } = await raiseTo(PEOPLE)
    await dispatchDue(deps)
    const after = await rig.recipients(id)
    const proven = (index: number) => (index % 2 === 0 ? 'acknowledged' : index % 3 === 1 ? 'delivered' : 'accepted')
    const wrong = after.filter(({ name, rung }) => rung !== proven(Number(name.slice(7))))
    noteFault(task, {
      fault: 'Reports and answers overtake the carrier’s own answer',
      rounds: 1,
      messages: PEOPLE,
      lost: wrong.length,
      double: first.sent.length - PEOPLE,
      allowed: 0,
    })
    expect(wrong).toEqual([])
    expect(first.sent).toHaveLength(PEOPLE)
  })
})

describe('in the same instant', () => {
  it.for([0, 1, 2, 3, 4, 5])(
    'two answers and a close leave one state that all agree on (order %i)',
    async (order, { task }) => {
      const { id, code } = await raiseTo(1)
      await dispatchDue(deps)
      const from = numberOf(0)
      const acts = [
        () => receiveEvent(deps, first, text(from, `1 ${code}`)),
        () => receiveEvent(deps, first, text(from, `2 ${code}`)),
        () => closeAlert(deps, HOST, id),
      ]
      const orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
      ]
      await Promise.all((orders[order] ?? []).map((index) => acts[index]?.()))
      await dispatchDue(deps)
      const [recipient] = await rig.recipients(id)
      const alert = await rig.alert(id)
      const answers = await deps.store.answers.of(id)
      const responses = answers.map(({ response }) => response)
      noteFault(task, {
        fault: 'Two answers and a close in the same instant, in every order',
        rounds: 1,
        messages: 2,
        lost: 2 - answers.length,
        double: first.sent.filter(({ purpose }) => purpose === 'all_clear').length - 1,
        allowed: 0,
      })
      expect(alert.state).toBe('closed')
      expect(responses.toSorted()).toEqual(['no', 'yes'])
      // Whoever counts as having answered stands at one of the two answers; whoever does not was later than the close.
      const stands = recipient?.rung === 'acknowledged'
      expect(alert.counts.acknowledged).toBe(stands ? 1 : 0)
      expect(stands ? responses.includes(recipient?.response ?? '') : recipient?.response === undefined).toBe(true)
      expect(first.sent.map(({ purpose }) => purpose)).toEqual(['alert', 'all_clear'])
    },
  )
})

describe('a nudge', () => {
  it('that is lost costs nothing but the time to the next look, and one that comes ten times sends nothing twice', async ({
    task,
  }) => {
    const PEOPLE = 60
    const { id } = await raiseTo(PEOPLE)
    expect(first.sent).toHaveLength(0)
    await Promise.all(Array.from({ length: 10 }, () => dispatchDue(deps)))
    const { counts } = await rig.alert(id)
    noteFault(task, {
      fault: 'The nudge of a raise is lost; the next comes ten times at once',
      rounds: 1,
      messages: PEOPLE,
      lost: PEOPLE - counts.accepted,
      double: first.sent.length - PEOPLE,
      allowed: 0,
    })
    expect(counts.accepted).toBe(PEOPLE)
    expect(first.sent).toHaveLength(PEOPLE)
  })
})
