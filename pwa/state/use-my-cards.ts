import type { MyCard } from '../../src/contract/cards.ts'
import { service } from '../api/service.ts'
import { useSession } from './session.ts'
import { type Loaded, useLoad } from './use-load.ts'

const OFTEN = 10_000

/** Whom I am to phone. Kept on this device with the numbers, since calls may go where data does not. */
export function useMyCards(): Loaded<MyCard[]> {
  const { person } = useSession().session.account
  return useLoad(person === null ? null : 'all', (signal) => service.myCards(signal), {
    snapshot: 'my-cards',
    every: OFTEN,
  })
}
