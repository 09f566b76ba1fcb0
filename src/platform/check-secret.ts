import type { Store } from '../application/ports/store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { ConfigProblem } from './config.ts'
import { UnknownKey } from './vault.ts'

const PROOF = 'secret_proof'
/** How many people of a database without the mark are looked at: some may have no contact point. */
const SOME = 20

/**
 * Proves that the secret is the one with which this database was begun, by opening what the first start sealed. With
 * another one every alert could be raised and no message could leave.
 *
 * @throws ConfigProblem naming the setting; whatever the database throws
 */
export async function checkSecret(store: Store, vault: Vault): Promise<void> {
  const proof = await store.records.setting(PROOF)
  try {
    if (proof === null) await store.people.list({ cursor: null, limit: SOME })
    else vault.open(proof)
  } catch (error) {
    if (!(error instanceof UnknownKey)) throw error
    throw new ConfigProblem('TOCSIN_SECRET is not the one with which this database was begun: it opens nothing in it.')
  }
  if (proof === null) await store.commit([store.records.setSetting(PROOF, vault.seal(PROOF))])
}
