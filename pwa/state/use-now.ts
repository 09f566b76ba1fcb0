import { useEffect, useState } from 'preact/hooks'

/** The time by this device's clock, moving on at the given interval in milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
