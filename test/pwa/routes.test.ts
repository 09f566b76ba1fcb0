import { describe, expect, test } from 'vitest'
import { matchRoute } from '../../pwa/routes.ts'

describe('the pages of the app', () => {
  test.each([
    ['/', { name: 'home' }],
    ['/sign-in', { name: 'sign-in' }],
    ['/people/', { name: 'people' }],
    ['/people/import', { name: 'import' }],
    ['/alerts/0195c1d2-7a3b', { name: 'board', alert: '0195c1d2-7a3b' }],
    ['/words', { name: 'words' }],
    ['/my/abc', { name: 'mine', alert: 'abc' }],
    ['/reports/abc', { name: 'report', alert: 'abc' }],
  ])('%s is one of them', (path, route) => {
    expect(matchRoute(path)).toEqual(route)
  })

  test.each([
    ...['/api/v1/alerts', '/a/token', '/callbacks/first/sms', '/phones', '/healthz', '/readyz', '/metrics', '/alerts'],
    ...['/alerts/', '/alerts/a/b', '/alerts/..%2f', '/reports/abc.html', '/constructor', '/__proto__', ''],
  ])('%s belongs to the service and is never answered from the cache', (path) => {
    expect(matchRoute(path)).toBeNull()
  })
})
