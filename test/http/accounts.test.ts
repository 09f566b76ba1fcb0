import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccountView } from '../../src/contract/access.ts'
import type { Role } from '../../src/domain/access/role.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { ORIGIN, type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
let administrator: string
beforeEach(async () => {
  rig = await startRig()
  administrator = await rig.key('administrator')
})
afterEach(() => rig.close())

const asAdministrator = (method: string, path: string, json?: unknown) =>
  rig.ask(`/api/v1${path}`, { method, as: administrator, ...(json === undefined ? {} : { json }) })

async function invite(name: string, role: Role): Promise<{ id: string; token: string }> {
  const invited = await asAdministrator('POST', '/accounts/invitations', { name, role })
  const { id, link } = (await invited.json()) as { id: string; link: string }
  return { id, token: link.split('#')[1] ?? '' }
}

/** Somebody who is signed in, as their browser. */
async function enter(name: string, role: Role) {
  const { id, token } = await invite(name, role)
  const entered = await rig.ask('/api/v1/session', { method: 'POST', as: '', json: { token } })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const ask = (method: string, path: string) =>
    rig.ask(`/api/v1${path}`, { method, as: '', headers: { cookie, origin: ORIGIN } })
  return { id, ask }
}

const accounts = async () =>
  ((await (await asAdministrator('GET', '/accounts')).json()) as { items: AccountView[] }).items
const pass = (ms: number) => rig.clock.advance(ms, async () => {})
const acts = async () => (await rig.deps.store.records.auditEntries({ cursor: null, limit: 50 })).items

describe('who can sign in', () => {
  it('is a list, page by page, that says who is signed in and whose link waits to be used', async () => {
    await enter('Amira Ward', 'responder')
    await invite('Ben Holt', 'commander')
    const read = async (query: string) =>
      (await (await asAdministrator('GET', `/accounts${query}`)).json()) as { items: AccountView[]; nextCursor: string }
    const first = await read('?limit=1')
    const second = await read(`?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)
    expect([...first.items, ...second.items]).toMatchObject([
      { name: 'Amira Ward', role: 'responder', sessions: 1, linkUntil: null },
      {
        name: 'Ben Holt',
        role: 'commander',
        sessions: 0,
        linkUntil: new Date(rig.clock.now() + 7 * DAY).toISOString(),
      },
    ])
    expect(second.nextCursor).toBeNull()
    await pass(91 * DAY)
    expect(await accounts()).toMatchObject([
      { sessions: 0, linkUntil: null },
      { sessions: 0, linkUntil: null },
    ])
  })

  it('ends at once for whoever is removed, and the audit log says so', async () => {
    const amira = await enter('Amira Ward', 'commander')
    expect((await amira.ask('GET', '/alerts')).status).toBe(200)
    expect((await asAdministrator('DELETE', `/accounts/${amira.id}`)).status).toBe(204)
    expect((await amira.ask('GET', '/alerts')).status).toBe(401)
    expect(await accounts()).toEqual([])
    expect(await acts()).toContainEqual(expect.objectContaining({ act: 'account.remove', subject: amira.id }))
    const again = await asAdministrator('DELETE', `/accounts/${amira.id}`)
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([404, 'account.unknown'])
  })

  it('takes the unused link of whoever is removed away too', async () => {
    const { id, token } = await invite('Ben Holt', 'commander')
    await asAdministrator('DELETE', `/accounts/${id}`)
    const entered = await rig.ask('/api/v1/session', { method: 'POST', as: '', json: { token } })
    expect(entered.status).toBe(401)
  })

  it('never runs out of administrators, and nobody removes themselves by accident', async () => {
    const first = await enter('Amira Ward', 'administrator')
    const alone = await asAdministrator('DELETE', `/accounts/${first.id}`)
    expect([alone.status, ((await alone.json()) as { code: string }).code]).toEqual([409, 'account.last_administrator'])
    expect((await first.ask('GET', '/accounts')).status).toBe(200)
    const second = await enter('Ben Holt', 'administrator')
    const own = await first.ask('DELETE', `/accounts/${first.id}`)
    expect([own.status, ((await own.json()) as { code: string }).code]).toEqual([409, 'account.own'])
    const both = await Promise.all([
      first.ask('DELETE', `/accounts/${second.id}`),
      second.ask('DELETE', `/accounts/${first.id}`),
    ])
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(await accounts()).toHaveLength(1)
    expect((await acts()).filter(({ act }) => act === 'account.remove')).toHaveLength(1)
  })
})

describe('a lost phone', () => {
  it('is signed out by an administrator, everywhere that its owner was signed in, and nobody else is', async () => {
    const amira = await enter('Amira Ward', 'responder')
    const ben = await enter('Ben Holt', 'responder')
    const where = await asAdministrator('GET', `/accounts/${amira.id}/sessions`)
    expect(await where.json()).toMatchObject({ items: [{ current: false }], nextCursor: null })
    expect((await asAdministrator('DELETE', `/accounts/${amira.id}/sessions`)).status).toBe(204)
    expect((await amira.ask('GET', '/session')).status).toBe(401)
    expect((await ben.ask('GET', '/session')).status).toBe(200)
    expect(await acts()).toContainEqual(expect.objectContaining({ act: 'session.end', subject: amira.id }))
    expect(await accounts()).toHaveLength(2)
  })

  it('is signed out by its owner, who sees which session is the one in hand', async () => {
    const amira = await enter('Amira Ward', 'responder')
    const found = await rig.deps.store.access.account(amira.id)
    if (!found) throw new Error('no account')
    const session = { id: rig.deps.newId(), accountId: amira.id, createdAt: rig.clock.now() - DAY }
    await rig.deps.store.commit([
      { sql: 'update accounts set name = name where id = ?', params: [amira.id] },
      rig.deps.store.access.openSession(
        { ...session, expiresAt: rig.clock.now() + DAY },
        rig.deps.vault.hashSecret('lost'),
      ),
    ])
    const { items } = (await (await amira.ask('GET', '/my/sessions')).json()) as {
      items: { id: string; current: boolean }[]
    }
    expect(items.map(({ current }) => current)).toEqual([true, false])
    expect((await amira.ask('DELETE', `/my/sessions/${session.id}`)).status).toBe(204)
    const lost = await rig.ask('/api/v1/session', { as: '', headers: { cookie: '__Host-tocsin=lost' } })
    expect(lost.status).toBe(401)
    expect((await amira.ask('GET', '/session')).status).toBe(200)
  })

  it('cannot be used to sign somebody else out', async () => {
    const amira = await enter('Amira Ward', 'responder')
    const ben = await enter('Ben Holt', 'responder')
    const { items } = (await (await ben.ask('GET', '/my/sessions')).json()) as { items: { id: string }[] }
    const refused = await amira.ask('DELETE', `/my/sessions/${items[0]?.id}`)
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([404, 'session.unknown'])
    expect((await ben.ask('GET', '/session')).status).toBe(200)
  })
})

describe('a key that lies around', () => {
  it('shows when it was used last, to the minute, and writes no more often than that', async () => {
    const json = { name: 'monitor', role: 'risk_manager' }
    const made = (await (await asAdministrator('POST', '/keys', json)).json()) as { id: string; secret: string }
    const lastUse = async () => {
      const { items } = (await (await asAdministrator('GET', '/keys')).json()) as {
        items: { id: string; lastUsedAt: string | null }[]
      }
      return items.find(({ id }) => id === made.id)?.lastUsedAt
    }
    expect(await lastUse()).toBeNull()
    const first = new Date(rig.clock.now()).toISOString()
    await rig.ask('/api/v1/alerts', { as: made.secret })
    await pass(MINUTE - 1)
    await rig.ask('/api/v1/alerts', { as: made.secret })
    expect(await lastUse()).toBe(first)
    await pass(1)
    await rig.ask('/api/v1/alerts', { as: made.secret })
    expect(await lastUse()).toBe(new Date(rig.clock.now()).toISOString())
  })

  it('still raises an alert when that cannot be written', async () => {
    const key = await rig.key('commander')
    const { access } = rig.deps.store
    const touch = access.touchKey
    access.touchKey = () => ({ sql: 'insert into nowhere values (1)', params: [] })
    expect((await rig.ask('/api/v1/alerts', { as: key })).status).toBe(200)
    access.touchKey = touch
  })
})
