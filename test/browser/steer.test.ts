import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { showAlert } from '../../src/application/alerts/show-alerts.ts'
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
  const view = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const, locale: 'en-GB' }
  ;({ context, page } = await app.open(view))
  alert = (await raiseAlert(server.deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)).id
  await app.signIn(page)
  await page.goto(`${server.origin}/alerts/${alert}`)
  await page.locator('[data-testid=freshness][data-state=connected]').waitFor()
})
afterEach(() => context.close())

async function hasNoBarrier(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
}

describe('a commander with a running alert', () => {
  it('says something new with the keyboard alone, once, and sees it on the board', async () => {
    await hasNoBarrier()
    await page.getByTestId('update-alert').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Say something new' }).waitFor()
    await hasNoBarrier()
    const send = page.getByRole('button', { name: 'Send the update' })
    expect(await send.isDisabled()).toBe(true)
    await page.getByLabel('New text').focus()
    await page.keyboard.type('The gate is blocked. Meet at the pier.')
    await page.getByLabel('Those who have not answered').check()
    await send.focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('updates').getByText('Meet at the pier.').waitFor()
    await hasNoBarrier()
    const { updates } = await showAlert(server.deps, alert)
    expect(updates.map(({ audience, body }) => ({ audience, body }))).toEqual([
      { audience: 'silent', body: 'The gate is blocked. Meet at the pier.' },
    ])
  })

  it('says that it was sent in error, after one question that can be answered with no', async () => {
    await page.getByTestId('sent-in-error').click()
    const dialog = page.getByRole('dialog', { name: 'Was this alert sent in error?' })
    await dialog.getByRole('button', { name: 'Back' }).click()
    expect((await showAlert(server.deps, alert)).state).toBe('open')
    await page.getByTestId('sent-in-error').click()
    await hasNoBarrier()
    await dialog.getByRole('button', { name: 'Yes, tell them' }).click()
    await page.getByText('Sent in error, ended').waitFor()
    expect(await page.getByTestId('update-alert').count()).toBe(0)
    expect((await showAlert(server.deps, alert)).state).toBe('in_error')
  })

  it('adds somebody by name, and sees when nobody has closed the alert in time', async () => {
    await page.getByTestId('add-people').click()
    await page.getByLabel('Somebody by name').fill('ben')
    await page.getByLabel('Ben Holt').check()
    await hasNoBarrier()
    await page.getByRole('button', { name: 'Add them' }).click()
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    // Whoever it is for already is not there twice.
    expect((await showAlert(server.deps, alert)).added.people).toBe(0)
    await server.deps.store.commit([server.deps.store.alerts.markWarned(alert, Number.MAX_SAFE_INTEGER)])
    await page.reload()
    await page.getByTestId('ends-soon').waitFor()
    await hasNoBarrier()
  })
})
