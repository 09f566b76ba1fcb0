import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { type AppBrowser, startAppBrowser } from './app-browser.ts'
import { type AppServer, HOST } from './harness.ts'

let app: AppBrowser
let server: AppServer
let context: BrowserContext
let page: Page
let alert: string

beforeAll(async () => {
  app = await startAppBrowser()
  server = app.server
})
afterAll(() => app.stop())
beforeEach(async () => {
  ;({ context, page } = await app.open({ timezoneId: 'America/New_York', locale: 'en-GB' }))
  await page.clock.install()
  alert = (await raiseAlert(server.deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)).id
  await app.signIn(page)
})
afterEach(() => context.close())

async function openBoard(): Promise<void> {
  await page.goto(`${server.origin}/alerts/${alert}`)
  await page.locator('[data-testid=freshness][data-state=connected]').waitFor()
}

describe('a board', () => {
  it('does not say that it is connected once the device has lost its network', async () => {
    await openBoard()
    await context.setOffline(true)
    await page.locator('[data-testid=freshness][data-state=offline]').waitFor()
    await context.setOffline(false)
    await page.locator('[data-testid=freshness][data-state=connected]').waitFor({ timeout: 20_000 })
  })

  it('says in which time zone its times are', async () => {
    await openBoard()
    expect(await page.locator('.board-facts').textContent()).toMatch(/Raised \d\d:\d\d GMT-5/)
  })

  it('finds within half a minute what its stream has missed', async () => {
    await openBoard()
    const { items } = await server.deps.store.alerts.recipients(alert, { cursor: null, limit: 10 })
    const [first, second] = items
    const now = Date.now()
    await server.deps.store.commit([server.deps.store.answers.hear(first?.id ?? '', now + 60_000)])
    const heard = page.locator('[data-testid=recipient][data-rung=heard]')
    await expect.poll(() => heard.count()).toBe(1)
    // Older than what the stream has told last, as from a process with another clock.
    await server.deps.store.commit([server.deps.store.answers.hear(second?.id ?? '', now)])
    await expect.poll(() => page.getByTestId('count-heard').textContent()).toContain('2')
    await page.clock.fastForward(31_000)
    await expect.poll(() => heard.count()).toBe(2)
  })

  it.each(['/alerts/nope', '/reports/nope'])('of an alert that does not exist is said not to: %s', async (path) => {
    let asked = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/nope/events')) asked += 1
    })
    await page.goto(server.origin + path)
    await page.getByRole('heading', { name: 'There is no such alert' }).waitFor()
    const before = asked
    await page.clock.fastForward(60_000)
    await page.getByRole('link', { name: 'To the home page' }).click()
    await page.getByTestId('raise-template').first().waitFor()
    expect(asked).toBe(before)
  })

  it('gives the focus back to the button from which a question was asked', async () => {
    await openBoard()
    await page.getByTestId('close-alert').click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))
    await expect.poll(focused).toBe('close-alert')
  })
})
