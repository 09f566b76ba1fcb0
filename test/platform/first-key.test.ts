import { describe, expect, it } from 'vitest'
import { prepareKey } from '../../src/platform/prepare-key.ts'
import { createVault, makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { createStore } from '../../src/store/create-store.ts'
import { openSqlite, openWorkerd } from '../contracts/databases.ts'

describe('the first key of a service without a shell', () => {
  it.each([
    ['SQLite', openSqlite],
    ['D1 in workerd', openWorkerd],
  ])('lets in whoever has its secret, once its SQL was carried out in %s', { timeout: 60_000 }, async (_name, open) => {
    const { database, close } = await open()
    const keyring = readKeyring(makeSecret())
    if (!keyring) throw new Error('no keyring')
    const vault = createVault(keyring)
    const store = createStore(database, vault)
    const now = Date.UTC(2027, 0, 15, 3)
    const { id, secret, sql } = prepareKey("O'Brien;\nfirst", 'administrator', now)
    expect(sql).not.toContain(secret)
    await database.commit(sql.split('\n').map((line) => ({ sql: line.replace(/;$/, ''), params: [] })))
    expect(await store.access.key(vault.hashSecret(secret), now)).toMatchObject({
      ...{ id, name: "O'Brien; first", role: 'administrator', mayRaise: null, expiresAt: null },
    })
    const { items } = await store.records.auditEntries({ cursor: null, limit: 5 })
    expect(items).toMatchObject([{ act: 'key.create', actor: 'host', subject: id, data: { role: 'administrator' } }])
    await close()
  })
})
