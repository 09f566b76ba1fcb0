import { cancelAlert, closeAlert } from '../../src/application/alerts/close-alert.ts'
import { extendAlert } from '../../src/application/alerts/extend-alert.ts'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { updateAlert } from '../../src/application/alerts/update-alert.ts'
import { recordAnswer } from '../../src/application/answers/record-answer.ts'
import type { Deps } from '../../src/application/deps.ts'
import { expireAlerts } from '../../src/application/dispatch/expire-alerts.ts'
import type { AttemptFact, AttemptResult, ClaimedDelivery } from '../../src/application/ports/outbox-store.ts'
import type { Statement } from '../../src/application/ports/statement.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { rungAt } from '../../src/domain/alerts/rung.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { Problem } from '../../src/domain/errors.ts'

const HOST: Actor = { kind: 'host' }
const LEASE = 2 * MINUTE
const LANE = { carrier: 'first', channel: 'sms' } as const

/** One alert to one person with one text, and what may happen to it. */
export interface StateCase {
  deps: Deps
  alertId: string
  recipientId: string
  deliveryId: string
  contactPointId: string
  /** All hand-overs that were begun, oldest first. */
  claims: ClaimedDelivery[]
  pass: (ms: number) => void
}

/** Where everything stands: `delivery 1`, `attempt 1.2`, `recipient`, `alert`, each with its state. */
export type Standing = Map<string, string>

export async function openCase(deps: Deps, pass: StateCase['pass']): Promise<StateCase> {
  const { id } = await raiseAlert(deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
  const [due] = (await deps.store.outbox.dueRecipients(deps.clock(), 1_000)).filter(({ alertId }) => alertId === id)
  if (!due) throw new Error('nobody is due')
  const { recipientId } = due
  const deliveryId = deps.newId()
  const contactPointId = due.points[0]?.id ?? ''
  const place = { alertId: id, recipientId, contactPointId, channel: 'sms' as const }
  const text = { ...place, id: deliveryId, purpose: 'alert' as const, step: 0, fromStep: 0, carrier: 'first' }
  const move = { recipientId, firstContactOf: due.personId, fromStep: 0, nextStep: 1, nextAt: null }
  await deps.store.commit(
    deps.store.outbox.advance([move], [{ ...text, priority: 1, dueAt: deps.clock() }], deps.clock()),
  )
  return { deps, alertId: id, recipientId, deliveryId, contactPointId, claims: [], pass }
}

/** Takes everything else out of the way, so that the next case is alone. */
export async function closeCase({ deps, alertId }: StateCase): Promise<void> {
  const bound = [alertId]
  await deps.store.commit([
    { sql: 'delete from attempts where delivery_id in (select id from deliveries where alert_id = ?)', params: bound },
    { sql: 'delete from deliveries where alert_id = ?', params: bound },
    { sql: `update recipients set next_at = null where alert_id = ?`, params: bound },
    { sql: `update alerts set state = 'closed', closed_at = coalesce(closed_at, 0) where id = ?`, params: bound },
  ])
}

export async function readStanding({ deps, alertId, deliveryId }: StateCase): Promise<Standing> {
  const [rows = []] = await deps.store.commit([
    {
      sql: `select 'alert' as what, state, ends_at as mark from alerts where id = ?
        union all select 'recipient', rung, '' from recipients where alert_id = ?
        union all select 'delivery ' || iif(id = ?, '', id), state, coalesce(lease, '') from deliveries where alert_id = ?
        union all select 'attempt ' || iif(delivery_id = ?, '', delivery_id || '.') || number, state, '' from attempts
          where delivery_id in (select id from deliveries where alert_id = ?)`,
      params: [alertId, alertId, deliveryId, alertId, deliveryId, alertId],
    },
  ])
  return new Map(
    rows.map(({ what, state, mark }) => [
      String(what),
      `${what === 'recipient' ? rungAt(Number(state)) : state} ${mark}`.trim(),
    ]),
  )
}

/**
 * What has moved between two looks, by diagram. A new claim of what is being sent, and a later end of what is open, are
 * arrows to themselves.
 */
export function arrowsBetween(before: Standing, after: Standing): { diagram: string; arrow: string }[] {
  const places = new Set([...before.keys(), ...after.keys()])
  return [...places].flatMap((place) => {
    const [from = '[*]', mark = ''] = (before.get(place) ?? '[*]').split(' ')
    const [to = '[*]', newMark = ''] = (after.get(place) ?? '[*]').split(' ')
    const again = (from === 'sending' || from === 'open') && mark !== newMark
    return from === to && !again ? [] : [{ diagram: place.split(' ')[0] ?? '', arrow: `${from} --> ${to}` }]
  })
}

type Happening = (state: StateCase) => Promise<unknown>

const claim: Happening = async ({ deps, claims }) => {
  claims.push(...(await deps.store.outbox.claim(LANE, deps.clock(), 10, LEASE, deps.newId())))
}

function settle(outcome: AttemptResult['outcome'], more: Partial<AttemptResult> = {}, which = -1): Happening {
  return async ({ deps, claims }) => {
    const claimed = claims.at(which)
    if (!claimed) return
    const { lease, deliveryId, attemptNumber, contactPointId, recipientId, purpose } = claimed
    const about = { lease, deliveryId, attemptNumber, contactPointId, recipientId, purpose, outcome, address: 'fine' }
    const rest = { uncertain: false, errorCode: null, errorReason: null, failure: null, carrier: 'first' }
    const result = { ...about, ...rest, providerId: null, dueAt: deps.clock(), ...more } as AttemptResult
    await deps.store.commit(deps.store.outbox.settle([result], deps.clock()))
  }
}

function report(fact: AttemptFact, which = -1): Happening {
  return async ({ deps, claims }) => {
    const claimed = claims.at(which)
    if (!claimed) return
    const attempt = { deliveryId: claimed.deliveryId, number: claimed.attemptNumber, by: null }
    await deps.store.commit(deps.store.outbox.report(attempt, fact, deps.clock()))
  }
}

function write(statements: (state: StateCase) => readonly Statement[]): Happening {
  return (state) => state.deps.store.commit(statements(state))
}

/** What an ended alert refuses is no move. */
function unlessEnded(act: Happening): Happening {
  return async (state) => {
    try {
      await act(state)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'alert.ended') throw error
    }
  }
}

const lost = (permanent: boolean): AttemptFact => ({ state: 'failed', code: 'c', reason: 'no such phone', permanent })

/** Everything that moves a state, by what happens in the world. A new state or event is one more line here. */
export const HAPPENINGS: Record<string, Happening> = {
  claimed: claim,
  'its lease ran out and it is claimed again': async (state) => {
    state.pass(LEASE + 1)
    await claim(state)
  },
  'given back': write(({ deps, claims }) => deps.store.outbox.release(claims.slice(-1), deps.clock())),
  taken: settle('accepted', { providerId: 'p' }),
  'taken by the first hand-over, late': settle('accepted', { providerId: 'p' }, 0),
  refused: settle('failed', { failure: 'permanent' }),
  'to be tried again': settle('retry'),
  'not answered': settle('retry', { uncertain: true }),
  'to be tried by the next carrier': settle('retry', { carrier: 'second' }),
  'no longer wanted': settle('cancelled'),
  'reported accepted': report({ state: 'accepted' }),
  'reported delivered': report({ state: 'delivered' }),
  'reported heard': report({ state: 'heard' }),
  'reported as voicemail': report({ state: 'voicemail' }),
  'reported lost for now': report(lost(false)),
  'reported lost for good': report(lost(true)),
  'the first hand-over reported accepted': report({ state: 'accepted' }, 0),
  'the first hand-over reported delivered': report({ state: 'delivered' }, 0),
  'the first hand-over reported lost': report(lost(false), 0),
  'its owner told the sender to stop': write(({ deps, recipientId }) =>
    deps.store.outbox.giveUp(recipientId, 'sms', 'first', deps.clock()),
  ),
  'its carrier fails': write(({ deps }) => [deps.store.outbox.moveQueued(LANE, 'first', deps.clock())]),
  'its carrier is slow': async (state) => {
    state.pass(MINUTE)
    const { outbox } = state.deps.store
    const now = state.deps.clock()
    await state.deps.store.commit([outbox.queueOverdue(LANE, now, 'second', now, 10)])
  },
  'opened by its link': write(({ deps, recipientId }) => [deps.store.answers.hear(recipientId, deps.clock())]),
  answered: async ({ deps, alertId, recipientId }) => {
    const [alert, recipient] = await Promise.all([
      deps.store.alerts.find(alertId),
      deps.store.alerts.recipient(recipientId),
    ])
    if (!alert || !recipient) throw new Error('it is gone')
    const given = { id: deps.newId(), response: 'yes', channel: 'sms', at: deps.clock(), address: null, note: null }
    await recordAnswer(deps, { kind: 'service' }, alert, recipient, given)
  },
  closed: ({ deps, alertId }) => closeAlert(deps, HOST, alertId),
  'called off': unlessEnded(({ deps, alertId }) => cancelAlert(deps, HOST, alertId, 'cancelled', null)),
  'sent in error': unlessEnded(({ deps, alertId }) => cancelAlert(deps, HOST, alertId, 'in_error', null)),
  'let go on': unlessEnded(({ deps, alertId }) => extendAlert(deps, HOST, alertId, 'P2D')),
  updated: unlessEnded(({ deps, alertId }) =>
    updateAlert(deps, HOST, alertId, { audience: 'all', text: { title: 'Flood', body: 'Stay there.' } }, null),
  ),
  'no carrier may take what comes next': write(({ deps, alertId, recipientId, contactPointId }) => {
    const place = { alertId, recipientId, contactPointId, channel: 'sms' as const, purpose: 'alert' as const, step: 1 }
    const next = { ...place, id: deps.newId(), fromStep: 1, carrier: 'first', refusal: 'this country is not allowed' }
    const due = { sql: 'update recipients set next_at = 0 where id = ?', params: [recipientId] }
    return [due, ...deps.store.outbox.advance([], [{ ...next, priority: 1, dueAt: deps.clock() }], deps.clock())]
  }),
  'its lifetime ends': async (state) => {
    state.pass(DAY)
    await expireAlerts(state.deps)
  },
}
