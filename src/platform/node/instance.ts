import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Deps } from '../../application/deps.ts'

/** Names this process in its claims. */
export function nameInstance(): string {
  return `${hostname()}:${process.pid}:${randomUUID()}`
}

/** Whether the process that named itself so is surely gone; one on another machine may still live. */
function isGone(instance: string): boolean {
  const [host, pid] = instance.split(':')
  if (host !== hostname()) return false
  // In a container every start gets the same number: what bears ours and is not this run has ended.
  return Number(pid) === process.pid || !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** What a killed process had claimed is due at once, instead of when its claims run out. */
export async function takeOverClaims(deps: Deps): Promise<void> {
  const leases = await deps.store.outbox.leases()
  const left = leases.filter((lease) => {
    const [instance = ''] = lease.split('/')
    return instance !== deps.instance && isGone(instance)
  })
  if (left.length > 0) await deps.store.commit([deps.store.outbox.expireLeases(left, deps.clock())])
}
