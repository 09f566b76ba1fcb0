import { Refused, Unreachable } from '../api/request.ts'
import { service } from '../api/service.ts'
import { onStore } from '../offline/database.ts'
import { forgetSnapshots } from '../offline/snapshots.ts'

/** Beside the snapshots, but no snapshot: the wish to be signed out, while the service has not heard of it. */
const WISH = 'sign-out'

/**
 * Signs out. Without a network this device forgets the session at once and tells the service later.
 *
 * @returns whether the service knows
 * @throws Unreachable where there is no network and the browser keeps nothing: then nobody was signed out
 */
export async function signOut(): Promise<boolean> {
  if (await tellService()) {
    await forgetSnapshots()
    return true
  }
  await forgetSnapshots()
  await onStore('snapshots', 'readwrite', (store) => store.put({ key: WISH, at: Date.now(), value: true })).catch(
    (cause: unknown) => {
      throw new Unreachable('No answer from the service.', { cause })
    },
  )
  return false
}

/** Tells the service of a sign-out that it has not heard of. `none`: there is no such; `owed`: it still has not. */
export async function settleSignOut(): Promise<'none' | 'done' | 'owed'> {
  const wish = await onStore('snapshots', 'readonly', (store) => store.get(WISH)).catch(() => undefined)
  if (wish === undefined) return 'none'
  if (!(await tellService())) return 'owed'
  await forgetWish()
  return 'done'
}

/** Somebody has signed in: the session that was to be ended has lost its cookie. */
export async function forgetWish(): Promise<void> {
  await onStore('snapshots', 'readwrite', (store) => store.delete(WISH)).catch(() => undefined)
}

/** Whether the session has ended; any other answer than a clear one is no. */
async function tellService(): Promise<boolean> {
  try {
    await service.signOut()
    return true
  } catch (error) {
    return error instanceof Refused && error.status === 401
  }
}
