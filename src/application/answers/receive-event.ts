import type { Deps } from '../deps.ts'
import type { CallbackReply, Carrier, CarrierEvent } from '../ports/carrier.ts'
import { receiveCall } from './receive-call.ts'
import { receiveMail } from './receive-mail.ts'
import { receiveStatus } from './receive-status.ts'
import { receiveText } from './receive-text.ts'

/** What a verified callback of a carrier means, and what to answer. Late, repeated and shuffled callbacks are fine. */
export async function receiveEvent(deps: Deps, carrier: Carrier, event: CarrierEvent): Promise<CallbackReply> {
  switch (event.kind) {
    case 'text':
      return receiveText(deps, carrier, event)
    case 'call':
      return receiveCall(deps, carrier, event)
    case 'mail':
      await receiveMail(deps, carrier, event)
      return null
    case 'status':
      await receiveStatus(deps, carrier, event)
      return null
  }
}
