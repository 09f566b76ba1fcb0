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
  ;({ context, page } = await app.open())
  const raised = await raiseAlert(server.deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
  alert = raised.id
  await app.signIn(page, 'A')
  await page.goto(`${server.origin}/my/${alert}`)
  await page.getByTestId('answer-yes').waitFor()
})
afterEach(() => context.close())

async function responseOf(name: string): Promise<string | null | undefined> {
  const { items } = await server.deps.store.alerts.recipients(alert, { cursor: null, limit: 10 })
  return items.find((recipient) => recipient.name === name)?.response
}
const lose = () => page.route('**/answer', (route) => route.abort('connectionfailed'))
const find = async () => {
  await page.unroute('**/answer')
  await page.evaluate(() => dispatchEvent(new Event('online')))
}
const change = () => page.getByRole('button', { name: 'Change my answer' }).click()

describe('an answer that no network took', () => {
  it('is shown as kept, also after the page was loaded anew, and as recorded once it has gone out', async () => {
    await lose()
    await page.getByTestId('answer-yes').click()
    await page.getByTestId('answer-is-kept').waitFor()
    await page.reload()
    await page.getByTestId('answer-is-kept').getByText('“Yes”').waitFor()
    await find()
    await page.getByTestId('answered').waitFor()
    expect(await page.getByText('is kept on this device').count()).toBe(0)
    expect(await responseOf('Amira Ward')).toBe('yes')
  })

  it('never comes after the newer one of somebody who then needs help', async () => {
    await lose()
    await page.getByTestId('answer-yes').click()
    await page.getByTestId('kept-answers').waitFor()
    await page.unroute('**/answer')
    await change()
    await page.getByTestId('answer-no').click()
    await page.getByTestId('answered').waitFor()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => page.getByTestId('kept-answers').count()).toBe(0)
    const given = await server.deps.store.answers.of(alert)
    expect(given.map(({ response }) => response)).toEqual(['no'])
    expect(await responseOf('Amira Ward')).toBe('no')
  })

  it('is recorded for the moment of the tap, not for the moment at which the network was back', async () => {
    await lose()
    const before = Date.now()
    await page.getByTestId('answer-yes').click()
    await page.getByTestId('kept-answers').waitFor()
    const tapped = Date.now()
    await page.waitForFunction((moment) => Date.now() > moment + 1_500, tapped)
    await find()
    await page.getByTestId('answered').waitFor()
    const [given] = await server.deps.store.answers.of(alert)
    expect(given?.at).toBeGreaterThanOrEqual(before)
    expect(given?.at).toBeLessThanOrEqual(tapped)
  })

  it('waits for whoever gave it when somebody else signs in on the same device', async () => {
    await lose()
    await page.getByTestId('answer-no').click()
    await page.getByTestId('kept-answers').waitFor()
    await page.goto(server.origin)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('dialog').getByText('not sent yet').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByTestId('kept-here').waitFor()
    await page.unroute('**/answer')
    await app.signIn(page, 'B')
    await page.getByText('somebody else').first().waitFor()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.goto(`${server.origin}/my/${alert}`)
    await page.getByTestId('answer-yes').click()
    await expect.poll(() => responseOf('Ben Holt')).toBe('yes')
    expect(await responseOf('Amira Ward')).toBeNull()
    await page.goto(server.origin)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await app.signIn(page, 'A')
    await expect.poll(() => responseOf('Amira Ward')).toBe('no')
  })

  it('does not hold up the answer of a notification that needs nobody signed in', async () => {
    await lose()
    await page.getByTestId('answer-no').click()
    await page.getByTestId('kept-answers').waitFor()
    const { items } = await server.deps.store.alerts.recipients(alert, { cursor: null, limit: 10 })
    const ben = items.find((recipient) => recipient.name === 'Ben Holt')
    await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const opening = indexedDB.open('tocsin')
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('answers', 'readwrite')
            const body = { response: 'yes', channel: 'push', at: new Date().toISOString() }
            transaction.objectStore('answers').add({ url, body, act: 'tap', credentials: 'omit', label: 'Yes' })
            transaction.oncomplete = resolve
          }
        }),
      `/a/${server.deps.vault.linkToken(ben?.id ?? '')}`,
    )
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => responseOf('Ben Holt')).toBe('yes')
  })
})
