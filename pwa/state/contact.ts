type Listener = (reachable: boolean) => void

let reachable = true
const listeners = new Set<Listener>()

/** Whether the service answered the last time it was asked. */
export function isReachable(): boolean {
  return reachable
}

/** Every request says here whether it was answered. */
export function noteContact(answered: boolean): void {
  if (answered === reachable) return
  reachable = answered
  for (const listener of listeners) listener(answered)
}

/** Calls back whenever the service is lost or found; returns how to stop that. */
export function onContact(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
