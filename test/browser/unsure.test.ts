import type { BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppBrowser, startAppBrowser } from './app-browser.ts'
import type { AppServer } from './harness.ts'

let app: AppBrowser
let server: AppServer
let context: BrowserContext
let page: Page
let before: number

beforeAll(async () => {
  app = await startAppBrowser()
  server = app.server
})
afterAll(() => app.stop())
beforeEach(async () => {
  ;({ context, page } = await app.open())
  await app.signIn(page)
  before = await countAlerts()
})
afterEach(() => context.close())

async function countAlerts(): Promise<number> {
  return (await server.deps.store.alerts.list({ cursor: null, limit: 100 })).items.length
}
async function openDraft(): Promise<void> {
  await page.getByTestId('raise-template').first().click()
  await page.getByTestId('preflight-people').waitFor()
}
/** The service takes the request, and its answer is spoilt on the way. */
async function spoil(answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/api/v1/alerts', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    return answer(route)
  })
}
const json = { 'content-type': 'application/json' }
const saidNothingSent = () => page.getByText('Nothing was sent').count()

describe('an alert that was raised although no clear answer came', () => {
  it.each<[string, (route: Route) => Promise<void>]>([
    ['cut off', (route) => route.fulfill({ status: 201, body: '{"id":"01a', headers: json })],
    ['replaced by a gateway’s own', (route) => route.fulfill({ status: 504, body: '<html>gateway timeout' })],
    ['lost', (route) => route.abort('connectionreset')],
  ])('is never said not to be sent when the answer was %s', async (_how, answer) => {
    await openDraft()
    await spoil(answer)
    await page.getByTestId('raise').click()
    await page.getByTestId('raise-unsure').waitFor()
    expect(await saidNothingSent()).toBe(0)
    expect(await countAlerts()).toBe(before + 1)
  })

  it('is remembered by another page, and trying again there raises no second one', async () => {
    await openDraft()
    await spoil((route) => route.abort('connectionreset'))
    await page.getByTestId('raise').click()
    await page.getByTestId('raise-unsure').waitFor()
    await page.goto(server.origin)
    await page.getByTestId('raise-pending').getByText('“Flood” was raised').waitFor()
    await page.unroute('**/api/v1/alerts')
    await page.getByRole('link', { name: 'Try again (safe)' }).click()
    await page.getByTestId('raise-unsure').waitFor()
    await page.getByTestId('raise').click()
    await page.getByTestId('count-acknowledged-big').waitFor()
    expect(await countAlerts()).toBe(before + 1)
    await page.goto(server.origin)
    await page.getByTestId('raise-template').first().waitFor()
    expect(await page.getByTestId('raise-pending').count()).toBe(0)
  })

  it('is found in the list of alerts, and its board settles the question', async () => {
    await openDraft()
    await spoil((route) => route.abort('connectionreset'))
    await page.getByTestId('raise').click()
    await page.getByTestId('raise-unsure').waitFor()
    await page.unroute('**/api/v1/alerts')
    await page.goto(server.origin)
    await page.getByRole('link', { name: 'You raised one like it' }).first().click()
    await page.getByTestId('count-acknowledged-big').waitFor()
    await page.goto(server.origin)
    await page.getByTestId('raise-template').first().waitFor()
    expect(await page.getByTestId('raise-pending').count()).toBe(0)
  })
})

describe('without a network', () => {
  it('a commander is given the command that raises just this alert on the host', async () => {
    await openDraft()
    await context.setOffline(true)
    await page
      .getByTestId('raise-offline')
      .getByText('alert raise --template "Flood" --tree "Everyone" --drill')
      .waitFor()
    expect(await saidNothingSent()).toBe(0)
  })

  it('signing out holds: the service is told as soon as it answers, and nobody is signed in again meanwhile', async () => {
    await page.route('**/api/v1/session', (route) => route.abort('connectionfailed'))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByTestId('sign-out-owed').waitFor()
    await page.reload()
    await page.getByTestId('sign-out-owed').waitFor()
    await page.unroute('**/api/v1/session')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => page.getByTestId('sign-out-owed').count()).toBe(0)
    expect((await context.request.get(`${server.origin}/api/v1/session`)).status()).toBe(401)
  })
})
