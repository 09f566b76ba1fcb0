import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Arrivals, Order, Report, Setting } from './protocol.ts'

export interface Sink {
  url: string
  /** Forgets everything; what is not said is as a perfect provider would be. */
  reset(setting: Partial<Setting> & { people: number }): Promise<void>
  /** The first arrival is counted anew from here. */
  mark(): Promise<void>
  /** Resolves when every counted person was sent a message since the last reset. */
  all(): Promise<void>
  tell(): Promise<Arrivals>
  /** When each counted person's message arrived first, UTC milliseconds, in order. */
  times(): Promise<number[]>
  stop(): void
}

const PERFECT = { latency: 0, fault: null, perSecond: null, listed: false } as const

/** A provider to send to, in a process of its own. */
export async function startSink(): Promise<Sink> {
  const child = fork(join(import.meta.dirname, 'sink.ts'), { serialization: 'advanced' })
  const waiting: ((report: Report) => void)[] = []
  let complete = Promise.withResolvers<void>()
  child.on('message', (report: Report) => {
    if (report.kind === 'all') complete.resolve()
    else waiting.shift()?.(report)
  })
  const next = () => new Promise<Report>((resolve) => waiting.push(resolve))
  const order = (what: Order) => {
    child.send(what)
    return next()
  }
  const listening = await next()
  if (listening.kind !== 'listening') throw new Error('the sink did not start')
  return {
    url: `http://127.0.0.1:${listening.port}`,
    async reset(setting) {
      complete = Promise.withResolvers<void>()
      await order({ kind: 'reset', setting: { ...PERFECT, ...setting } })
    },
    async mark() {
      await order({ kind: 'mark' })
    },
    all: () => complete.promise,
    async tell() {
      const report = await order({ kind: 'tell' })
      if (report.kind !== 'told') throw new Error('the sink told something else')
      return report.arrivals
    },
    async times() {
      const report = await order({ kind: 'times' })
      if (report.kind !== 'times') throw new Error('the sink told something else')
      return report.times
    },
    stop: () => void child.kill(),
  }
}

/** @throws when a counted person was sent no message, or more than one */
export function proveOnce({ total, different }: Arrivals, people: number): void {
  if (total !== people || different !== people) {
    throw new Error(`the sink saw ${total} messages to ${different} people instead of ${people}`)
  }
}
