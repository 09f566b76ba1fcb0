import { fork } from 'node:child_process'

/** Figures that a worker tells: none when it is ready, its own when the work is done. */
export type Told = Record<string, number>

export interface Worker {
  pid: number
  go(): void
  /** What it tells next. @throws when it ended instead */
  next(): Promise<Told>
  end(): Promise<void>
}

/** A process that says when it is ready, works when it is told to, and tells what came of it. */
export function startWorker(file: string, environment: Record<string, string>): Worker {
  const env = { ...process.env, ...environment }
  const child = fork(file, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const heard: Told[] = []
  const waiting: PromiseWithResolvers<Told>[] = []
  let running = true
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.on('message', (told: Told) => {
    const first = waiting.shift()
    if (first) first.resolve(told)
    else heard.push(told)
  })
  child.once('exit', () => {
    running = false
    for (const one of waiting) one.reject(new Error('its process ended early'))
  })
  return {
    pid: child.pid ?? 0,
    go: () => void child.send({}),
    async next() {
      const first = heard.shift()
      if (first) return first
      if (!running) throw new Error('its process ended early')
      const wait = Promise.withResolvers<Told>()
      waiting.push(wait)
      return wait.promise
    },
    async end() {
      child.kill('SIGKILL')
      if (running) await ended
    },
  }
}
