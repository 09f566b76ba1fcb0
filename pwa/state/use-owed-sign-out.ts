import { useEffect } from 'preact/hooks'
import { settleSignOut } from './sign-out.ts'

/** Tells the service of a sign-out as soon as it answers. */
export function useOwedSignOut(owed: boolean, told: () => void): void {
  useEffect(() => {
    if (!owed) return
    const attempt = () => void settleSignOut().then((now) => now === 'owed' || told())
    const timer = setInterval(attempt, 10_000)
    addEventListener('online', attempt)
    return () => {
      clearInterval(timer)
      removeEventListener('online', attempt)
    }
  }, [owed, told])
}
