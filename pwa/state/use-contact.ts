import { useEffect, useState } from 'preact/hooks'
import { type Contact, currentContact, noteContact, onContact } from './contact.ts'

/** Whether the service answers now. */
export function useContact(): Contact {
  const [contact, setContact] = useState(currentContact())
  useEffect(() => {
    const offline = () => noteContact(false)
    const stop = onContact(setContact)
    addEventListener('offline', offline)
    if (navigator.onLine === false) offline()
    return () => {
      stop()
      removeEventListener('offline', offline)
    }
  }, [])
  return contact
}
