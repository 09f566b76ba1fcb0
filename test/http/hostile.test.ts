import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ORIGIN, type Rig, startRig } from '../harness/rig.ts'
import { EVERY_ROUTE, filled } from './every-route.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

describe('on a network that is not a friend', () => {
  it('lets no cache and no shared computer keep an answer of any route, whatever it says', async () => {
    for (const { method, path } of EVERY_ROUTE) {
      const answers = [await rig.ask(filled(path), { method }), await rig.ask(filled(path), { method, as: '' })]
      for (const { status, headers } of answers) {
        expect([method, path, status, headers.get('cache-control')]).toEqual([method, path, status, 'no-store'])
      }
    }
    expect((await rig.ask('/api/v1/nothing')).headers.get('cache-control')).toBe('no-store')
  })

  it('sends every answer with headers that let no page frame it and no browser guess what it is', async () => {
    for (const { method, path } of EVERY_ROUTE) {
      const { headers } = await rig.ask(filled(path), { method })
      expect([path, headers.get('content-security-policy')]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ])
      expect([path, headers.get('x-frame-options')]).toEqual([path, 'DENY'])
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff'])
      expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer'])
    }
  })

  it('says 413 to a body that is too large, whether or not its length was said before', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1)
    const said = await rig.ask('/api/v1/alerts', {
      method: 'POST',
      body: large,
      headers: { 'content-length': String(large.length) },
    })
    const stream = new Blob([large]).stream()
    const unsaid = await rig.ask('/api/v1/alerts', { method: 'POST', body: stream, duplex: 'half' } as RequestInit)
    for (const response of [said, unsaid]) {
      expect(response.status).toBe(413)
      expect(await response.json()).toMatchObject({ code: 'body.too_large', field: 'body', status: 413 })
    }
  })

  it('takes a callback only at the very address that a carrier was given', async () => {
    for (const topic of ['smsx', 'xvoice', 'statusx', 'SMS', 'token/smsx', 'token/xemail', 'token/sms/x']) {
      const response = await rig.ask(`/callbacks/first/${topic}`, { method: 'POST', body: '' })
      expect([topic, response.status]).toEqual([topic, 404])
    }
  })

  it('is not talked into another method or another host by headers', async () => {
    const tricks = {
      'x-http-method-override': 'DELETE',
      'x-method-override': 'DELETE',
      'x-forwarded-host': 'evil.example.net',
      'x-forwarded-proto': 'http',
      'x-original-url': '/api/v1/keys',
      'x-rewrite-url': '/api/v1/keys',
    }
    const page = await rig.ask('/api/v1/docs', { headers: tricks, as: '' })
    expect(await page.text()).not.toContain('evil')
    const administrator = await rig.key('administrator')
    const json = { name: 'Amira Ward', role: 'responder' }
    const invited = await rig.ask('/api/v1/accounts/invitations', {
      method: 'POST',
      as: administrator,
      json,
      headers: tricks,
    })
    expect(((await invited.json()) as { link: string }).link).toMatch(/^https:\/\/alerts\.example\.org\/sign-in#/)
  })

  it('tells a browser on another site nothing of what it may do here', async () => {
    for (const path of ['/api/v1/alerts', '/api/v1/session', '/a/x']) {
      const headers = { origin: 'https://evil.example.net', 'access-control-request-method': 'POST' }
      const response = await rig.ask(path, { method: 'OPTIONS', headers })
      expect(response.status).toBe(404)
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it('knows a key by its word "Bearer" however that is written (RFC 9110), and by nothing else', async () => {
    const key = await rig.key('commander')
    const status = async (authorization: string) =>
      (await rig.ask('/api/v1/alerts', { as: '', headers: { authorization } })).status
    expect(await status(`bearer ${key}`)).toBe(200)
    expect(await status(`Basic ${btoa(`${key}:`)}`)).toBe(401)
    expect(await status(key)).toBe(401)
    expect((await rig.ask(`/api/v1/alerts?access_token=${key}`, { as: '' })).status).toBe(401)
  })

  it('shows a colleague the headers of a page and starts no work for it', async () => {
    await rig.importPeople('name,mobile\nAmira Ward,+447700900101')
    await rig.saveTemplate()
    const { id } = await rig.raise()
    const head = await rig.ask(`/api/v1/alerts/${id}/events`, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(head.headers.get('content-type')).toBe('text/event-stream')
    expect(head.body).toBeNull()
  })

  it('refuses names that would write a second line into a header or a log', async () => {
    const headers = { accept: 'text/csv' }
    const response = await rig.ask('/api/v1/reports/x%0d%0aset-cookie:%20a=b.csv', { headers })
    expect(response.status).toBe(404)
    expect(response.headers.get('set-cookie')).toBeNull()
  })
})

describe('a session', () => {
  const enter = async (headers: Record<string, string> = {}) => {
    const json = { name: 'Amira Ward', role: 'commander' }
    const invited = await rig.ask('/api/v1/accounts/invitations', {
      method: 'POST',
      as: await rig.key('administrator'),
      json,
    })
    const token = ((await invited.json()) as { link: string }).link.split('#')[1]
    const entered = await rig.ask('/api/v1/session', { method: 'POST', as: '', json: { token }, headers })
    return entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  }

  it('has a secret that the service chose, not one that was planted in the browser', async () => {
    const planted = '__Host-tocsin=planted-by-somebody-else-0000'
    const cookie = await enter({ cookie: planted })
    expect(cookie).toMatch(/^__Host-tocsin=.{32}$/)
    const status = async (value: string) =>
      (await rig.ask('/api/v1/session', { as: '', headers: { cookie: value } })).status
    expect(await status(planted)).toBe(401)
    expect(await status(cookie)).toBe(200)
  })

  it('is not read from a cookie that an insecure page could have set', async () => {
    const cookie = await enter()
    const bare = cookie.replace('__Host-', '')
    expect((await rig.ask('/api/v1/session', { as: '', headers: { cookie: bare } })).status).toBe(401)
  })

  it('is over on the service, and not only in the browser, when somebody signs out', async () => {
    const cookie = await enter()
    const out = await rig.ask('/api/v1/session', { method: 'DELETE', as: '', headers: { cookie, origin: ORIGIN } })
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-tocsin=; Max-Age=0; .*Secure/)
    expect((await rig.ask('/api/v1/session', { as: '', headers: { cookie } })).status).toBe(401)
  })
})
