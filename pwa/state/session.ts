import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { SessionView } from '../../src/contract/access.ts'

interface Signed {
  session: SessionView
  /** Ends the session here and on the service. Throws `Unreachable` where that could not even be kept for later. */
  signOut(): Promise<void>
  /** The service says that nobody is signed in any more. */
  lost(): void
}

export const SessionContext = createContext<Signed | null>(null)

/** Who is signed in; only inside the signed-in part of the app. */
export function useSession(): Signed {
  const signed = useContext(SessionContext)
  if (!signed) throw new Error('No session here')
  return signed
}
