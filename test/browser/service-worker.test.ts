import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppServer, startAppServer } from './harness.ts'
import { FLAGS } from './lab/chromium.mjs'

let profile: string
let server: AppServer
let context: BrowserContext
let page: Page
let deliver: (data: string) => Promise<void>

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'tocsin-sw-'))
  server = await startAppServer(() => {
    throw new Error('nothing is pushed in this test')
  })
  const options = { executablePath: '/usr/bin/chromium', headless: true, chromiumSandbox: false, args: FLAGS }
  context = await chromium.launchPersistentContext(profile, options)
  await context.grantPermissions(['notifications'], { origin: server.origin })
  page = context.pages()[0] ?? (await context.newPage())
  await page.goto(server.origin)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  const session = await context.newCDPSession(page)
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const mine = registrations.find((one) => !one.isDeleted && one.scopeURL.startsWith(server.origin))
      if (mine) resolve(mine.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await found
  deliver = async (data) => {
    await session.send('ServiceWorker.deliverPushMessage', { origin: server.origin, registrationId, data })
  }
})
afterAll(async () => {
  await context.close()
  await server.stop()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
})

const shown = () =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const notifications = await registration.getNotifications()
    return notifications.map(({ title, body }) => ({ title, body }))
  })
const clear = () =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    for (const notification of await registration.getNotifications()) notification.close()
  })

describe('32: every push shows one notification', () => {
  it.each([
    [
      'a whole message, while the window is in front',
      JSON.stringify({ id: '1', title: 'DRILL: Flood', body: 'Leave', tag: 'alert-1' }),
      'Flood',
    ],
    ['a body that is not JSON', 'not { json', ''],
    ['no body at all', '', ''],
  ])('%s', async (_what, data, title) => {
    await clear()
    await expect.poll(async () => (await shown()).length).toBe(0)
    // The worker says when it has shown it. Asking for the list before may drop what is still on its way from the list.
    const told = await page.evaluateHandle(() => {
      const message = new Promise<void>((resolve) => {
        navigator.serviceWorker.addEventListener('message', ({ data: { type } }) => type === 'pushed' && resolve())
      })
      return { message }
    })
    await deliver(data)
    await told.evaluate(({ message }) => message)
    const notifications = await shown()
    expect(notifications).toHaveLength(1)
    const [notification] = notifications
    expect(notification?.title).toContain(title)
    expect(`${notification?.title}${notification?.body}`).not.toBe('')
  })
})
