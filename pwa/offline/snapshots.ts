import { onStore } from './database.ts'

interface Snapshot {
  key: string
  /** Milliseconds since 1970, by this device's clock. */
  at: number
  value: unknown
}

/** Keeps what a screen shows, so that it can be shown without a network, with its age. */
export async function keepSnapshot(key: string, value: unknown, at: number): Promise<void> {
  await onStore('snapshots', 'readwrite', (store) => store.put({ key, value, at })).catch(() => undefined)
}

/** What was kept under the key, or null. */
export async function readSnapshot<T>(key: string): Promise<{ value: T; at: number } | null> {
  const found = await onStore<Snapshot | undefined>('snapshots', 'readonly', (store) => store.get(key)).catch(
    () => undefined,
  )
  return found ? { value: found.value as T, at: found.at } : null
}

/** Forgets everything that was kept; on sign-out and when the service says that nobody is signed in. */
export async function forgetSnapshots(): Promise<void> {
  await onStore('snapshots', 'readwrite', (store) => store.clear()).catch(() => undefined)
}
