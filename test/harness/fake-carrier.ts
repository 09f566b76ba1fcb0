import type { Deps } from '../../src/application/deps.ts'
import type { Carrier, OutgoingMessage, SendResult } from '../../src/application/ports/carrier.ts'
import type { Channel } from '../../src/domain/deliveries/channel.ts'

export interface FakeCarrier extends Carrier {
  sent: OutgoingMessage[]
  /** What it says to the next messages. */
  answer: (message: OutgoingMessage) => SendResult | Promise<SendResult>
}

/** A carrier that says what it is told to say: for tests of what follows, where no protocol matters. */
export function createFakeCarrier(name: string, channels: readonly Channel[]): FakeCarrier {
  const carrier: FakeCarrier = {
    name,
    channels,
    perSecond: () => null,
    sent: [],
    answer: accept,
    async send(message) {
      carrier.sent.push(message)
      return carrier.answer(message)
    },
  }
  return carrier
}

/** Takes a message under an id that follows from the attempt. */
export function accept({ attemptId }: Pick<OutgoingMessage, 'attemptId'>): SendResult {
  return { outcome: 'accepted', providerId: `provider-${attemptId}` }
}

/** The same service with other carriers. */
export function withCarriers(deps: Deps, ...carriers: Carrier[]): Deps {
  return { ...deps, carriers }
}

/** Lets everything happen that needs neither time nor the answer of a carrier that is still awaited. */
export async function settleAll(): Promise<void> {
  for (let turn = 0; turn < 300; turn++) await new Promise((resolve) => setImmediate(resolve))
}
