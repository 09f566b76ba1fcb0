/** Whether the service answers, and when it last did. */
export interface Contact {
  reachable: boolean
  /** Milliseconds since 1970 by this device's clock; null before the first answer. */
  lastAnswer: number | null
}

type Listener = (contact: Contact) => void

let current: Contact = { reachable: true, lastAnswer: null }
const listeners = new Set<Listener>()

export function currentContact(): Contact {
  return current
}

/** Every request says here whether it was answered. */
export function noteContact(answered: boolean): void {
  const turned = answered !== current.reachable
  current = answered ? { reachable: true, lastAnswer: Date.now() } : { ...current, reachable: false }
  if (turned) for (const listener of listeners) listener(current)
}

/** Calls back whenever the service is lost or found; returns how to stop that. */
export function onContact(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
