import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'
import { Problem } from '../../domain/errors.ts'
import type { Deps } from '../deps.ts'
import { openLink } from './answer-by-link.ts'

/**
 * A browser says that it has shown the notification: the message is delivered, which is not yet heard.
 *
 * @throws Problem `link.unknown`, `attempt.unknown` when the attempt is not one of this recipient
 */
export async function markShown(deps: Deps, token: string, attemptId: string): Promise<void> {
  const { recipient } = await openLink(deps, token)
  const attempt = parseAttemptId(attemptId)
  const context = attempt && (await deps.store.outbox.context(attempt.deliveryId))
  if (!attempt || context?.recipientId !== recipient.id) {
    throw new Problem('invalid', 'attempt.unknown', 'That message was not sent here.', { field: 'attempt' })
  }
  const now = deps.clock()
  await deps.store.commit([
    ...deps.store.outbox.report({ ...attempt, by: null }, { state: 'delivered' }, now),
    deps.store.people.markSeen(context.contactPointId, now),
  ])
}
