import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { Carrier, CarrierEvent } from '../ports/carrier.ts'
import type { AttemptFact } from '../ports/outbox-store.ts'
import { findCheck, noteCheckStatus } from '../reach/answer-check.ts'

type StatusEvent = Extract<CarrierEvent, { kind: 'status' }>

/** What a carrier reports about an attempt. Reports about messages that are not ours change nothing. */
export async function receiveStatus(deps: Deps, carrier: Carrier, event: StatusEvent): Promise<void> {
  const { store } = deps
  const named = event.attemptId === null ? null : parseAttemptId(event.attemptId)
  const attempt = named ?? (await store.outbox.attempt(event.providerId))
  const fact = toFact(event)
  const context = attempt && (await store.outbox.context(attempt.deliveryId))
  if (!context) {
    const check = await findCheck(deps, event.attemptId)
    return check ? noteCheckStatus(deps, carrier, check, event) : undefined
  }
  if (!fact) return
  const now = deps.clock()
  await store.commit([
    ...store.outbox.report({ ...attempt, by: { carrier: carrier.name, providerId: event.providerId } }, fact, now),
    ...(event.error?.optedOut ? [store.people.optOut(context.address, senderOf(carrier, 'sms'), now)] : []),
  ])
  if (fact.state === 'failed' || fact.state === 'voicemail') deps.nudge()
}

function toFact(event: StatusEvent): AttemptFact | null {
  switch (event.state) {
    case 'sent':
      return { state: 'accepted' }
    case 'delivered':
    case 'answered':
      return { state: 'delivered' }
    case 'voicemail':
      return { state: 'voicemail' }
    case 'failed':
      return {
        state: 'failed',
        ...(event.error ?? { code: 'unknown', reason: 'the carrier gave no reason', permanent: false }),
      }
    // That a call is over proves nothing about who held the phone.
    case 'ended':
      return null
  }
}
