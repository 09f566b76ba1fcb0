import { SECOND } from '../../domain/clock.ts'
import { CHANNELS } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf } from '../deps.ts'
import { type CarrierHealth, createCarrierHealth } from './carrier-health.ts'
import { createStrategist, type Strategist } from './decide-strategies.ts'
import { expandAudiences } from './expand-audiences.ts'
import { expireAlerts } from './expire-alerts.ts'
import { createLane, type LaneWorker } from './lane.ts'
import { createPlacement, type Placement } from './place-deliveries.ts'
import { planDueSteps } from './plan-due-steps.ts'
import { resendOverdue } from './resend-overdue.ts'
import { createSignal, type Signal } from './signal.ts'
import { createSpending } from './spending.ts'
import { warnOfEnds } from './warn-of-ends.ts'
import { type ClockWatch, createClockWatch } from './watch-clock.ts'

/** How long the planner rests at most while messages are still leaving. */
const LOOK_EVERY = SECOND

export interface Engine {
  /**
   * Does everything that is due: ends overdue alerts, seats audiences, plans steps, and sends, until nothing is due.
   * Answers when the next thing will be due, UTC milliseconds; null when nothing waits.
   */
  run(): Promise<number | null>
  /** Something may be due now: an engine that runs looks at once. */
  wake(): void
  /** What has been handed over is finished; nothing more is begun. */
  stop(): void
}

/**
 * Planning and every lane work beside each other, so that a carrier which takes one message a second holds up neither
 * the next step of anybody's plan nor another carrier. Safe to run in several places at once, and to be killed
 * anywhere: all state is in the database.
 */
export function createEngine(deps: Deps): Engine {
  const health = createCarrierHealth(deps)
  const spending = createSpending(deps, health)
  const placement = createPlacement(deps, health)
  const lanes = deps.carriers.flatMap((carrier) =>
    carrier.channels.map((channel) => createLane(deps, health, spending, carrier, channel)),
  )
  const strategist = createStrategist(deps)
  const attention = createSignal()
  const watch = createClockWatch(deps)
  let stopped = false

  return {
    wake: () => attention.fire(),
    stop() {
      stopped = true
      for (const lane of lanes) lane.stop()
      attention.fire()
    },
    async run() {
      await watch.look()
      await health.recall()
      await rerouteOrphans(deps)
      const crew = startLanes(lanes, attention)
      const failed = await plan(deps, {
        watch,
        health,
        placement,
        strategist,
        crew,
        attention,
        isStopped: () => stopped,
      }).then(
        () => null,
        (error: unknown) => ({ error }),
      )
      crew.dismiss()
      const broken = (await Promise.allSettled(crew.work)).find((result) => result.status === 'rejected')
      if (failed) throw failed.error
      if (broken) throw broken.reason
      return deps.store.outbox.nextDue()
    },
  }
}

interface Crew {
  /** There may be something to send. */
  wake(): void
  /** No lane will be woken again. */
  dismiss(): void
  isIdle(): boolean
  watch(): Promise<void>
  /** Whether anything was sent since this was asked last: some of it may have to go out another way at once. */
  hasMoved(): boolean
  work: Promise<void>[]
}

/** @param attention fires when the last lane has nothing more to send */
function startLanes(lanes: readonly LaneWorker[], attention: Signal): Crew {
  const woken = createSignal()
  let alive = lanes.length
  let busy = alive
  let calls = 0
  let moved = false
  const rest = () => {
    busy--
    if (busy === 0) attention.fire()
  }
  const drain = async (lane: LaneWorker) => {
    for (;;) {
      const heard = calls
      try {
        if (await lane.send()) {
          moved = true
          continue
        }
      } catch (error) {
        alive--
        rest()
        throw error
      }
      if (calls !== heard) continue
      rest()
      if (!(await woken.next())) return
    }
  }
  return {
    wake() {
      calls++
      busy = alive
      for (const lane of lanes) lane.wake()
      woken.fire()
    },
    dismiss: woken.end,
    isIdle: () => busy === 0,
    async watch() {
      for (const lane of lanes) await lane.watch()
    },
    hasMoved() {
      const was = moved
      moved = false
      return was
    },
    work: lanes.map(drain),
  }
}

interface Work {
  watch: ClockWatch
  health: CarrierHealth
  placement: Placement
  strategist: Strategist
  crew: Crew
  attention: Signal
  isStopped: () => boolean
}

async function plan(
  deps: Deps,
  { watch, health, placement, strategist, crew, attention, isStopped }: Work,
): Promise<void> {
  while (!isStopped()) {
    const again = attention.next()
    const quiet = crew.isIdle()
    await watch.look()
    await warnOfEnds(deps, health)
    await expireAlerts(deps)
    const decided = await strategist.decide()
    const planned = await planDueSteps(deps, health, placement)
    // Those who are seated are written to while others are being seated.
    if (planned) crew.wake()
    const expanded = await expandAudiences(deps)
    if (expanded || planned || decided === 'done') {
      crew.wake()
      continue
    }
    await crew.watch()
    if (await resendOverdue(deps, health)) {
      crew.wake()
      continue
    }
    if (quiet && !crew.hasMoved() && decided === 'nothing') return
    // What one lane handed to another, or set aside for a while, must not wait until the slowest lane is done.
    const next = await deps.store.outbox.nextDue()
    if (next !== null && next <= deps.clock()) crew.wake()
    await Promise.race([again, deps.pause(LOOK_EVERY)])
    // What nobody fired would otherwise keep every turn of hours in memory.
    attention.fire()
  }
}

/** Nothing may wait for a carrier that was taken out of the configuration. */
async function rerouteOrphans(deps: Deps): Promise<void> {
  const known = deps.carriers.map((carrier) => carrier.name)
  const statements = CHANNELS.flatMap((channel) => {
    const route = routeOf(deps, channel).map(({ name }) => name)
    const { reroute } = deps.store.outbox
    // What none of them may take as it was planned goes to the first all the same: the limits may have changed since.
    return [
      ...route.map((name) => reroute(channel, known, name, 'allowed')),
      ...route.slice(0, 1).map((name) => reroute(channel, known, name, 'all')),
    ]
  })
  await deps.store.commit(statements)
}
