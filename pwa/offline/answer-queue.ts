import { onStore } from './database.ts'

/** An answer that must reach the service, whatever becomes of the page that took it. */
export interface QueuedAnswer {
  key?: number
  /** Path on this host. */
  url: string
  body: unknown
  credentials: 'omit' | 'same-origin'
  /** The words of the answer, for telling what became of it. */
  label: string
  /** The notification that stands for it, and its title, if any. */
  tag?: string
  title?: string
}

export type Outcome = 'sent' | 'kept' | 'refused'

/** Hands one answer over. `kept` means: no sure refusal, so it must be tried again. */
export async function sendAnswer(answer: QueuedAnswer): Promise<Outcome> {
  try {
    const response = await fetch(answer.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(answer.body),
      credentials: answer.credentials,
      signal: AbortSignal.timeout(20_000),
    })
    if (response.ok) return 'sent'
    const passing = response.status >= 500 || [401, 408, 425, 429].includes(response.status)
    return passing ? 'kept' : 'refused'
  } catch {
    return 'kept'
  }
}

/** Keeps an answer for later and asks the browser, where it can, to wake the service worker when the network is back. */
export async function keepAnswer(answer: QueuedAnswer, registration?: ServiceWorkerRegistration): Promise<void> {
  await onStore('answers', 'readwrite', (store) => store.add(answer))
  const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync
  await sync?.register('answers').catch(() => undefined)
}

export async function keptAnswers(): Promise<QueuedAnswer[]> {
  return onStore<QueuedAnswer[]>('answers', 'readonly', (store) => store.getAll()).catch(() => [])
}

/** Sends what is kept, in order, in one place at a time. Returns how many are still kept. */
export async function sendKept(
  told: (answer: QueuedAnswer, outcome: Outcome) => Promise<void> | void,
): Promise<number> {
  return navigator.locks.request('answers', async () => {
    for (const answer of await keptAnswers()) {
      const outcome = await sendAnswer(answer)
      if (outcome === 'kept') break
      const key = answer.key
      if (key !== undefined) await onStore('answers', 'readwrite', (store) => store.delete(key))
      await told(answer, outcome)
    }
    return (await keptAnswers()).length
  })
}
