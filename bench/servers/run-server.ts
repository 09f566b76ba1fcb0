import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { connect } from 'node:net'

/** A server of a peer, on the loopback, in a folder of its own. */
export interface Server {
  pids: number[]
  /** What a driver needs to find it. */
  environment: Record<string, string>
  /** Ended by its process id, and its folder removed. */
  stop(): Promise<void>
}

const LONGEST_START = 20_000
const LONGEST_END = 10_000
const LOOK_MS = 50

/** Starts a program that stays in the foreground, and waits until it takes connections. */
export async function runServer(
  program: string,
  args: readonly string[],
  port: number,
  options: SpawnOptions = {},
): Promise<ChildProcess> {
  const child = spawn(program, [...args], { stdio: 'ignore', ...options })
  const deadline = performance.now() + LONGEST_START
  while (!(await takesConnections(port))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${program} did not start`)
    await pause(LOOK_MS)
  }
  return child
}

/** Asks it to end, and ends it when it does not. */
export async function endServer(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  await Promise.race([ended, pause(LONGEST_END)])
  child.kill('SIGKILL')
  await ended
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const answer = (taken: boolean) => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
