import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../src/platform/config.ts'
import { prepareDemo } from '../../src/platform/node/prepare-demo.ts'
import { type Service, startService } from '../../src/platform/node/start-service.ts'
import { FLAGS } from './lab/chromium.mjs'

let folder: string
let service: Service
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-journey-'))
  service = await startService(readEnvironment({ TOCSIN_DATA: folder, TOCSIN_PORT: '0' }), {})
  const { link } = await prepareDemo(service)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  page = await context.newPage()
  await page.goto(link)
  await page.getByTestId('demo-banner').waitFor()
  await page.getByTestId('sign-in').click()
  await page.getByTestId('raise-template').first().waitFor()
})
afterAll(async () => {
  await browser.close()
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function hasNoBarrier(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
}

describe('a commander with a phone', () => {
  it('raises a drill in three taps from home and sees people answer without touching anything', async () => {
    await page.getByTestId('demo-banner').waitFor()
    await hasNoBarrier()
    await page.getByTestId('raise-template').first().click()
    await page.getByTestId('preflight-people').waitFor()
    await hasNoBarrier()
    await page.getByRole('button', { name: 'Raise DRILL to 40 people' }).click()
    await page.getByTestId('count-acknowledged-big').waitFor()

    const { items } = await service.deps.store.alerts.list({ cursor: null, limit: 5 })
    expect(items).toHaveLength(1)
    const [alert] = items
    const someone = service.simulator?.phones.list()[3]?.number ?? ''
    await expect.poll(() => service.simulator?.phones.get(someone).texts.length, { timeout: 15_000 }).toBeGreaterThan(0)
    service.simulator?.phones.text(someone, `1 ${alert?.code}`)
    await expect
      .poll(() => page.getByTestId('count-acknowledged-big').textContent(), { timeout: 10_000 })
      .toContain('1')
    await hasNoBarrier()
  })

  it('reads people, trees, templates and the import page without a barrier', async () => {
    for (const path of ['/people', '/people/import', '/trees', '/templates']) {
      await page.goto(service.url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await hasNoBarrier()
    }
  })

  it('is told that the network is gone, and how old the page is', async () => {
    await page.goto(service.url)
    await page.getByTestId('raise-template').first().waitFor()
    await page.context().setOffline(true)
    await page.getByTestId('offline').first().waitFor()
    await page.context().setOffline(false)
  })
})
