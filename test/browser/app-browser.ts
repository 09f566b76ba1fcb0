import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type AppServer, startAppServer } from './harness.ts'
import { FLAGS } from './lab/chromium.mjs'

export interface AppBrowser {
  server: AppServer
  /** A phone of its own, without a service worker in between. */
  open(options?: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }>
  /** Leads to the home screen of a commander, by a one-time link. */
  signIn(page: Page, who?: 'A' | 'B'): Promise<void>
  stop(): Promise<void>
}

/** Stock Chromium in front of the real service, for tests in which nothing is pushed. */
export async function startAppBrowser(): Promise<AppBrowser> {
  const server = await startAppServer(() => {
    throw new Error('nothing is pushed in this test')
  })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  return {
    server,
    async open(options = {}) {
      const phone = { viewport: { width: 360, height: 740 }, serviceWorkers: 'block' } as const
      const context = await browser.newContext({ ...phone, ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      return { context, page }
    },
    async signIn(page, who) {
      await page.goto(await server.link(who))
      await page.getByTestId('sign-in').click()
      await page.getByTestId('raise-template').first().waitFor()
    },
    async stop() {
      await browser.close()
      await server.stop()
    },
  }
}
