import { useCallback, useEffect, useState } from 'preact/hooks'
import { giveAnswer, keptAnswers, type Outcome, type QueuedAnswer, sendKept } from '../offline/answer-queue.ts'
import { byServiceClock } from './service-clock.ts'
import { useSession } from './session.ts'

type Settled = (answer: QueuedAnswer, outcome: Outcome) => void

const counted = new Set<(kept: QueuedAnswer[]) => void>()
const waiting = new Set<Settled>()

async function recount(): Promise<void> {
  const kept = await keptAnswers()
  for (const listener of counted) listener(kept)
}

const tell: Settled = (answer, outcome) => {
  for (const listener of waiting) listener(answer, outcome)
}

/** The answers that are kept on this device because no network took them, whoever gave them. */
export function useKeptAnswers(): QueuedAnswer[] {
  const [kept, setKept] = useState<QueuedAnswer[]>([])
  useEffect(() => {
    counted.add(setKept)
    void recount()
    return () => {
      counted.delete(setKept)
    }
  }, [])
  return kept
}

/** Whether a kept answer waits for somebody other than the person who is signed in. */
export function isOfAnother({ body }: QueuedAnswer, person: string | null): boolean {
  return body.person !== undefined && body.person !== person
}

/** One's own answer to this alert that is kept here, and the way to give one: sent at once, or kept until it can be. */
export function useAnswer(
  alert: string,
  settled: Settled,
): { kept: QueuedAnswer | undefined; answer(response: string, label: string): Promise<Outcome> } {
  const { person } = useSession().session.account
  const url = `/api/v1/my/alerts/${alert}/answer`
  const isMine = (one: QueuedAnswer) => one.url === url && !isOfAnother(one, person)
  const kept = useKeptAnswers().findLast(isMine)
  useEffect(() => {
    const listener: Settled = (one, outcome) => isMine(one) && settled(one, outcome)
    waiting.add(listener)
    return () => {
      waiting.delete(listener)
    }
  })
  const answer = useCallback(
    async (response: string, label: string) => {
      const body = {
        response,
        at: new Date(byServiceClock(Date.now())).toISOString(),
        ...(person === null ? {} : { person }),
      }
      const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
      const outcome = await giveAnswer(
        { url, body, act: crypto.randomUUID(), credentials: 'same-origin', label },
        await worker?.getRegistration(),
      )
      await recount()
      return outcome
    },
    [url, person],
  )
  return { kept, answer }
}

/** Sends what is kept at page start, when the network is back, and every minute; and hears what the service worker has sent. */
export function useSendKept(person: string | null): void {
  useEffect(() => {
    const send = async () => {
      if ((await keptAnswers()).length === 0) return
      await sendKept(tell, person)
      await recount()
    }
    const attempt = () => void send().catch(() => undefined)
    const hear = ({ data }: MessageEvent<{ type?: string; answer: QueuedAnswer; outcome: Outcome }>) => {
      if (data?.type !== 'settled') return
      tell(data.answer, data.outcome)
      void recount()
    }
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
    attempt()
    const timer = setInterval(attempt, 60_000)
    addEventListener('online', attempt)
    worker?.addEventListener('message', hear)
    return () => {
      clearInterval(timer)
      removeEventListener('online', attempt)
      worker?.removeEventListener('message', hear)
    }
  }, [person])
}
