import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { foreignShare, type Snapshot } from './foreign-share.ts'

/** What `/proc` counts in, per second: USER_HZ of Linux (proc(5)). */
const TICKS = 100
export const CORES = availableParallelism()
const CALM = 0.1
const LOOK_MS = 500

interface ProcessTimes {
  parent: number
  /** Seconds, with children that have ended. */
  worked: number
}

function timesOf(pid: number): ProcessTimes | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in brackets may hold anything; fields are counted behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const sum = [11, 12, 13, 14].reduce((total, index) => total + Number(fields[index]), 0)
    return { parent: Number(fields[1]), worked: sum / TICKS }
  } catch {
    return null
  }
}

function allTimes(): Map<number, ProcessTimes> {
  const found = new Map<number, ProcessTimes>()
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? timesOf(Number(name)) : null
    if (times) found.set(Number(name), times)
  }
  return found
}

/** These processes and all that came from them. */
function treeOf(roots: readonly number[], all: ReadonlyMap<number, ProcessTimes>): Set<number> {
  const tree = new Set(roots)
  for (let size = -1; size !== tree.size; ) {
    size = tree.size
    for (const [pid, { parent }] of all) if (tree.has(parent)) tree.add(pid)
  }
  return tree
}

/** What this process has started and what came from that. */
export function descendants(): number[] {
  return [...treeOf([process.pid], allTimes())].filter((pid) => pid !== process.pid)
}

/** Seconds that processes and all that they started have worked. */
export function secondsWorked(roots: readonly number[]): number {
  const all = allTimes()
  return [...treeOf(roots, all)].reduce((sum, pid) => sum + (all.get(pid)?.worked ?? 0), 0)
}

/** The most memory that processes and what they started have held, MiB; what they share counts for each. */
export function peakMemory(roots: readonly number[]): number {
  return [...treeOf(roots, allTimes())].reduce((sum, pid) => sum + peakOf(pid), 0)
}

function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

export function takeSnapshot(): Snapshot {
  const [first = ''] = readFileSync('/proc/stat', 'latin1').split('\n')
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = first
    .split(/ +/)
    .slice(1)
    .map((ticks) => Number(ticks) / TICKS)
  // Time that the host gave to other machines is foreign too.
  const busy = user + nice + system + irq + softirq + steal
  return { at: performance.now() / 1000, busy, own: secondsWorked([process.pid]) }
}

/** Resolves when other processes leave the machine alone, or after so many milliseconds. */
export async function waitForCalm(longest: number): Promise<void> {
  for (let waited = 0; waited < longest; waited += LOOK_MS) {
    const before = takeSnapshot()
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    if (foreignShare(before, takeSnapshot(), CORES) < CALM) return
  }
}
