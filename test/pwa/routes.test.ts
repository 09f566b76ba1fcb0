import { describe, expect, test } from 'vitest'
import { matchRoute } from '../../pwa/routes.ts'
import { createApp } from '../../src/http/create-app.ts'
import { startRig } from '../harness/rig.ts'

const PAGES = [
  ['/', { name: 'home' }],
  ['/sign-in', { name: 'sign-in' }],
  ['/people/', { name: 'people' }],
  ['/people/import', { name: 'import' }],
  ['/alerts/0195c1d2-7a3b', { name: 'board', alert: '0195c1d2-7a3b' }],
  ['/people/reach', { name: 'reach' }],
  ['/people/0195c1d2-7a3b', { name: 'person', person: '0195c1d2-7a3b' }],
  ['/trees/weak', { name: 'weak' }],
  ['/trees/0195c1d2-7a3b', { name: 'tree', tree: '0195c1d2-7a3b' }],
  ['/words', { name: 'words' }],
  ['/my/abc', { name: 'mine', alert: 'abc' }],
  ['/reports/abc', { name: 'report', alert: 'abc' }],
] as const

describe('the pages of the app', () => {
  test.each(PAGES)('%s is one of them', (path, route) => {
    expect(matchRoute(path)).toEqual(route)
  })

  test('are answered by the service too, so that a page that is loaded anew is not lost', async () => {
    const rig = await startRig()
    const asset = async (_: unknown, path: string) => (path === '/index.html' ? new Response('the app') : null)
    const app = createApp({ depsOf: () => rig.deps, asset })
    for (const [path] of PAGES) {
      if (path !== '/' && path.endsWith('/')) continue
      const response = await app.request(path, {}, {})
      expect([path, response.status, await response.text()]).toEqual([path, 200, 'the app'])
    }
    rig.close()
  })

  test.each([
    ...['/api/v1/alerts', '/a/token', '/callbacks/first/sms', '/phones', '/healthz', '/readyz', '/metrics', '/alerts'],
    ...['/alerts/', '/alerts/a/b', '/alerts/..%2f', '/reports/abc.html', '/constructor', '/__proto__', ''],
  ])('%s belongs to the service and is never answered from the cache', (path) => {
    expect(matchRoute(path)).toBeNull()
  })
})
