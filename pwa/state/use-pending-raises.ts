import { useEffect, useState } from 'preact/hooks'
import type { PendingRaise } from '../offline/pending-raises.ts'
import { onPendingRaises, pendingRaises, readPendingRaises } from './raise-once.ts'
import { useSession } from './session.ts'

/** One's own requests of which it is not known whether they raised an alert. */
export function usePendingRaises(): PendingRaise[] {
  const account = useSession().session.account.id
  const [pending, setPending] = useState(() => pendingRaises(account))
  useEffect(() => {
    const update = () => setPending(pendingRaises(account))
    const stop = onPendingRaises(update)
    void readPendingRaises().then(update)
    return stop
  }, [account])
  return pending
}
