import { useCallback, useEffect, useState } from 'preact/hooks'
import {
  keepAnswer,
  keptAnswers,
  type Outcome,
  type QueuedAnswer,
  sendAnswer,
  sendKept,
} from '../offline/answer-queue.ts'

const counted = new Set<(count: number) => void>()

async function recount(): Promise<void> {
  const count = (await keptAnswers()).length
  for (const listener of counted) listener(count)
}

/** How many answers are kept on this device because no network took them. */
export function useKeptCount(): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    counted.add(setCount)
    void recount()
    return () => {
      counted.delete(setCount)
    }
  }, [])
  return count
}

/** Answers an alert: sends at once, or keeps the answer until it can be sent. */
export function useAnswer(): (alert: string, response: string, label: string) => Promise<Outcome> {
  return useCallback(async (alert, response, label) => {
    const answer: QueuedAnswer = {
      ...{ url: `/api/v1/my/alerts/${alert}/answer`, body: { response }, credentials: 'same-origin' as const, label },
      tag: alert,
    }
    const outcome = await sendAnswer(answer)
    if (outcome === 'kept') {
      const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
      await keepAnswer(answer, await worker?.getRegistration())
      await recount()
    }
    return outcome
  }, [])
}

/** Sends what is kept at page start, when the network is back, and every minute. Calls back when something went out. */
export function useSendKept(sent: () => void): void {
  useEffect(() => {
    const send = async () => {
      if ((await keptAnswers()).length === 0) return
      await sendKept(sent)
      await recount()
    }
    const attempt = () => void send().catch(() => undefined)
    attempt()
    const timer = setInterval(attempt, 60_000)
    addEventListener('online', attempt)
    return () => {
      clearInterval(timer)
      removeEventListener('online', attempt)
    }
  }, [sent])
}
