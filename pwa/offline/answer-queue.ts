import { onStore } from './database.ts'

/** An answer that must reach the service, whatever becomes of the page that took it. */
export interface QueuedAnswer {
  key?: number
  /** Path on this host. */
  url: string
  body: {
    response: string
    /** When the human tapped, ISO 8601: the later answer counts, in whichever order they arrive. */
    at: string
    channel?: 'push'
    /** Whose answer it is, where the session and not the path says who answers. */
    person?: string
  }
  /** Names the tap, so that an answer that is sent twice counts once. */
  act: string
  credentials: 'omit' | 'same-origin'
  /** The words of the answer, for telling what became of it. */
  label: string
  /** The notification that stands for it, and its title, if any. */
  tag?: string
  title?: string
}

/** `lost`: neither sent nor kept, so the human must do it again. */
export type Outcome = 'sent' | 'kept' | 'refused' | 'lost'

/** Sends an answer and keeps it until it has gone out. What was kept of the same person for the same alert is replaced. */
export async function giveAnswer(answer: QueuedAnswer, registration?: ServiceWorkerRegistration): Promise<Outcome> {
  // Written down while it is sent, so that it outlives a page that is closed in between.
  const [key, outcome] = await Promise.all([keepInstead(answer).catch(() => null), sendAnswer(answer)])
  if (outcome !== 'kept') {
    if (key !== null) await forgetAnswer(key)
    return outcome
  }
  if (key === null) return 'lost'
  // Where the browser can, it wakes the service worker when the network is back.
  const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync
  await sync?.register('answers').catch(() => undefined)
  return 'kept'
}

export async function keptAnswers(): Promise<QueuedAnswer[]> {
  return onStore<QueuedAnswer[]>('answers', 'readonly', (store) => store.getAll()).catch(() => [])
}

/**
 * Sends what is kept, oldest first, in one place at a time; what cannot go out now holds up nothing else.
 *
 * @param person who is signed in: what others have kept here waits for them. Not given where that is not known; then
 *   the service refuses what is not theirs.
 * @returns how many are still kept
 */
export async function sendKept(
  told: (answer: QueuedAnswer, outcome: Outcome) => Promise<void> | void,
  person?: string | null,
): Promise<number> {
  return navigator.locks.request('answers', async () => {
    const tried = new Set<number>()
    for (;;) {
      // Read anew each time: meanwhile a newer answer may have taken the place of an older one.
      const next = (await keptAnswers()).find(({ key = 0, body }) => {
        return !tried.has(key) && (person === undefined || body.person === undefined || body.person === person)
      })
      if (next?.key === undefined) return (await keptAnswers()).length
      tried.add(next.key)
      const outcome = await sendAnswer(next)
      if (outcome === 'kept') continue
      await forgetAnswer(next.key)
      await told(next, outcome)
    }
  })
}

/** Hands one answer over. `kept` means: no sure refusal, so it must be tried again. */
async function sendAnswer(answer: QueuedAnswer): Promise<'sent' | 'kept' | 'refused'> {
  try {
    const response = await fetch(answer.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': answer.act },
      body: JSON.stringify(answer.body),
      credentials: answer.credentials,
      signal: AbortSignal.timeout(20_000),
    })
    if (response.ok) return 'sent'
    // Conflict: somebody else is signed in. It is sent again when whoever gave it is back.
    const passing = response.status >= 500 || [401, 408, 409, 425, 429].includes(response.status)
    return passing ? 'kept' : 'refused'
  } catch {
    return 'kept'
  }
}

async function keepInstead(answer: QueuedAnswer): Promise<number> {
  const key = await onStore('answers', 'readwrite', (store) => {
    const cursor = store.openCursor()
    cursor.onsuccess = () => {
      const found = cursor.result
      if (!found) return
      const { url, body, act } = found.value as QueuedAnswer
      if (url === answer.url && body.person === answer.body.person && act !== answer.act) found.delete()
      found.continue()
    }
    return store.add(answer)
  })
  return Number(key)
}

async function forgetAnswer(key: number): Promise<void> {
  await onStore('answers', 'readwrite', (store) => store.delete(key)).catch(() => undefined)
}
