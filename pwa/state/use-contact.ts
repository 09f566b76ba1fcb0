import { useEffect, useState } from 'preact/hooks'
import { isReachable, noteContact, onContact } from './contact.ts'

/** Whether the service answers now. */
export function useContact(): boolean {
  const [reachable, setReachable] = useState(isReachable())
  useEffect(() => {
    const offline = () => noteContact(false)
    const stop = onContact(setReachable)
    addEventListener('offline', offline)
    if (navigator.onLine === false) offline()
    return () => {
      stop()
      removeEventListener('offline', offline)
    }
  }, [])
  return reachable
}
