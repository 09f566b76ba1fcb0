import type { Deps } from '../deps.ts'
import type { InboundMessage } from '../ports/answer-store.ts'
import type { Carrier, CarrierEvent } from '../ports/carrier.ts'
import type { Statement } from '../ports/statement.ts'

export type TextEvent = Extract<CarrierEvent, { kind: 'text' }>

/** A text as it is kept, before anybody has said what it means. */
export type ReceivedText = Pick<InboundMessage, 'id' | 'carrier' | 'channel' | 'from' | 'text' | 'at'>

export function receivedText(deps: Deps, carrier: Carrier, event: TextEvent): ReceivedText {
  return {
    id: `${carrier.name}:${event.messageId}`,
    carrier: carrier.name,
    channel: 'sms',
    from: event.from,
    text: event.text,
    at: deps.clock(),
  }
}

/**
 * Does what a text asks for in the commit that keeps it. Carriers deliver a text again, also after others: then the
 * statement that keeps it makes the whole commit fail, and nothing is done again.
 *
 * @returns what was done; null when this text was kept before
 */
export async function keepOnce<Result>(
  deps: Deps,
  message: InboundMessage,
  act: (keep: Statement) => Promise<Result>,
  repeatOf: string | null = null,
): Promise<Result | null> {
  try {
    return await act(deps.store.answers.keep(message, repeatOf))
  } catch (error) {
    if (await deps.store.answers.isKept(message.id)) return null
    throw error
  }
}
