import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEY_ROLES } from '../../src/domain/access/role.ts'
import { ORIGIN, type Rig, startRig } from '../harness/rig.ts'
import { EVERY_ROUTE, filled } from './every-route.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

describe('who may come in', () => {
  it('is written down for every route that the service has, and for nothing else', () => {
    const served = new Set(
      rig.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    )
    const named = new Set(EVERY_ROUTE.map(({ method, path }) => `${method} ${path}`))
    const screens = [...served].filter((route) => !named.has(route))
    expect([...named].filter((route) => !served.has(route))).toEqual([])
    expect(screens.every((route) => route.startsWith('GET /') && !route.includes('/api/'))).toBe(true)
  })

  for (const route of EVERY_ROUTE.filter(({ rule }) => typeof rule !== 'string')) {
    it(`${route.method} ${route.path} is closed to strangers and to every role that is not named`, async () => {
      const init = { method: route.method }
      const stranger = await rig.ask(filled(route.path), { ...init, as: '' })
      expect(stranger.status).toBe(401)
      const forged = await rig.ask(filled(route.path), { ...init, as: 'tk_forged' })
      expect(forged.status).toBe(401)
      for (const role of KEY_ROLES.filter((one) => !route.rule.includes(one as never))) {
        const refused = await rig.ask(filled(route.path), { ...init, as: await rig.key(role) })
        expect([role, refused.status]).toEqual([role, 403])
      }
    })
  }

  it('lets a one-time link in once, and says the same of a used, an unknown and an expired one', async () => {
    const administrator = await rig.key('administrator')
    const json = { name: 'Amira Ward', role: 'commander' }
    const invited = await rig.ask('/api/v1/accounts/invitations', { method: 'POST', as: administrator, json })
    const { link } = (await invited.json()) as { link: string }
    const token = link.split('#')[1]
    const enter = (secret: string | undefined) =>
      rig.ask('/api/v1/session', { method: 'POST', as: '', json: { token: secret } })
    const first = await enter(token)
    expect(first.status).toBe(200)
    expect(first.headers.get('set-cookie')).toMatch(/^__Host-tocsin=\S+; .*HttpOnly; Secure; SameSite=Lax/)
    const [used, unknown] = [await enter(token), await enter('x'.repeat(32))]
    expect([used.status, unknown.status]).toEqual([401, 401])
    expect(await used.text()).toBe(await unknown.text())
  })

  it('invites once when the same request comes twice, and shows the link once', async () => {
    const request = {
      method: 'POST',
      as: await rig.key('administrator'),
      json: { name: 'Amira Ward', role: 'responder' },
      headers: { 'idempotency-key': 'tap' },
    }
    expect((await rig.ask('/api/v1/accounts/invitations', request)).status).toBe(201)
    const again = await rig.ask('/api/v1/accounts/invitations', request)
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'invitation.shown_once' })
    const { items } = await rig.deps.store.records.auditEntries({ cursor: null, limit: 50 })
    expect(items.filter(({ act }) => act === 'account.invite')).toHaveLength(1)
  })

  it('refuses a page of another site that acts with the cookie of a visitor', async () => {
    for (const path of ['/api/v1/alerts', '/a/some-token', '/api/v1/session']) {
      const response = await rig.ask(path, {
        method: 'POST',
        headers: { origin: 'https://evil.example.net' },
        json: {},
      })
      expect(response.status).toBe(403)
    }
  })

  it('lets a key that names templates raise those, see how they fare and how many they reach, and nothing else', async () => {
    await rig.importPeople('id,name,mobile,reports to\nA,Amira Ward,+447700900101,\nB,Ben Holt,,A')
    await rig.saveTemplate()
    await rig.saveTemplate({ name: 'Fire' })
    const made = await rig.ask('/api/v1/keys', {
      method: 'POST',
      as: await rig.key('administrator'),
      json: { name: 'sensor', role: 'commander', mayRaise: ['Flood'] },
    })
    const { secret } = (await made.json()) as { secret: string }
    const preflight = (template: string) =>
      rig.ask('/api/v1/alerts/preflight', {
        method: 'POST',
        as: secret,
        json: { template, trees: ['Everyone'], kind: 'drill' },
      })
    expect((await preflight('Fire')).status).toBe(403)
    const looked = await (await preflight('Flood')).text()
    expect(JSON.parse(looked)).toMatchObject({
      people: 2,
      unreached: 1,
      withoutContactPoint: [],
      warnings: expect.arrayContaining(['People without a contact point for this plan: 1.']),
    })
    expect(looked).not.toMatch(/Amira|Ben/)
    const raise = (template: string) =>
      rig.ask('/api/v1/alerts', { method: 'POST', as: secret, json: { template, trees: ['Everyone'], kind: 'drill' } })
    expect((await raise('Fire')).status).toBe(403)
    const raised = await raise('Flood')
    expect(raised.status).toBe(201)
    const { id } = (await raised.json()) as { id: string }
    expect((await rig.ask(`/api/v1/alerts/${id}`, { as: secret })).status).toBe(200)
    const none = await (await rig.ask('/api/v1/alerts/nothing', { as: secret })).text()
    for (const template of ['Flood', 'Fire']) {
      const other = await rig.ask(`/api/v1/alerts/${(await rig.raise({ template })).id}`, { as: secret })
      expect([other.status, await other.text()]).toEqual([404, none])
    }
    for (const closed of EVERY_ROUTE.filter(
      ({ rule, forRaisingKeys }) => typeof rule !== 'string' && !forRaisingKeys,
    )) {
      const refused = await rig.ask(filled(closed.path), { method: closed.method, as: secret })
      expect([closed.path, refused.status]).toEqual([closed.path, 403])
    }
  })

  it('sends a strict content security policy with every answer', async () => {
    const response = await rig.app.request(`${ORIGIN}/healthz`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe')
  })
})
