import { CHANNELS, type Channel } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import { expandAudiences } from './expand-audiences.ts'
import { expireAlerts } from './expire-alerts.ts'
import { planDueSteps } from './plan-due-steps.ts'
import { sendLane } from './send-lane.ts'

/**
 * Does everything that is due now: ends overdue alerts, seats audiences, plans steps, and sends, until nothing is due.
 * Safe to run in several places at once, and to be killed anywhere: all state is in the database under leases.
 * Answers when the next thing will be due, UTC milliseconds; null when nothing waits.
 */
export async function dispatchDue(deps: Deps): Promise<number | null> {
  await expireAlerts(deps)
  await rerouteOrphans(deps)
  const lanes = deps.carriers.flatMap((carrier) => carrier.channels.map((channel) => ({ carrier, channel })))
  for (;;) {
    const planned = createSignal()
    const work = planning(deps, planned)
    const sent = await Promise.allSettled(lanes.map(({ carrier, channel }) => drain(deps, carrier, channel, planned)))
    const found = await work
    const failed = sent.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    const some = sent.some((result) => result.status === 'fulfilled' && result.value > 0)
    if (!found && !some) return deps.store.outbox.nextDue()
  }
}

/** Plans while the lanes already send, so that the first message does not wait for the last decision. */
async function planning(deps: Deps, planned: Signal): Promise<boolean> {
  let found = false
  try {
    for (;;) {
      const expanded = await expandAudiences(deps)
      const decided = await planDueSteps(deps)
      if (!expanded && !decided) return found
      found = true
      planned.fire()
    }
  } finally {
    planned.end()
  }
}

async function drain(deps: Deps, carrier: Carrier, channel: Channel, planned: Signal): Promise<number> {
  let total = 0
  for (;;) {
    const more = planned.next()
    const sent = await sendLane(deps, carrier, { carrier: carrier.name, channel })
    total += sent
    if (sent === 0 && !(await more)) return total
  }
}

/** Nothing may wait for a carrier that was taken out of the configuration. */
async function rerouteOrphans(deps: Deps): Promise<void> {
  const known = deps.carriers.map((carrier) => carrier.name)
  const statements = CHANNELS.flatMap((channel) => {
    const [first] = routeOf(deps, channel)
    return first ? [deps.store.outbox.reroute(channel, known, first.name)] : []
  })
  await deps.store.commit(statements)
}

interface Signal {
  fire(): void
  end(): void
  /** Resolves with true at the next `fire`, with false once nothing more will come. */
  next(): Promise<boolean>
}

function createSignal(): Signal {
  let ended = false
  let waiting: ((more: boolean) => void)[] = []
  const release = (more: boolean) => {
    const released = waiting
    waiting = []
    for (const resolve of released) resolve(more)
  }
  return {
    fire: () => release(true),
    end() {
      ended = true
      release(false)
    },
    next: () => (ended ? Promise.resolve(false) : new Promise((resolve) => waiting.push(resolve))),
  }
}
