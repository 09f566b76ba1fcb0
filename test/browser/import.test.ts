import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AppBrowser, startAppBrowser } from './app-browser.ts'

let app: AppBrowser
beforeAll(async () => {
  app = await startAppBrowser()
}, 60_000)
afterAll(() => app.stop())

const FILE = [
  'Wer,Handynr,Kennwort,E-Mail',
  'Amira Ward,07700 900109,x,amira@example.org',
  'Carla Voss,020 7946 0018 ext. 12,y,carla@example.org',
  'Dov Lane,999,z,',
].join('\n')

async function hasNoBarrier(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const [width, wanted] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  expect(width).toBeLessThanOrEqual(wanted ?? 0)
}

/** Pictures for people who look, in the folder that is named. */
async function show(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

it('lets a keeper put columns right, say whose row it is, take out who is missing, and apply just that', {
  timeout: 60_000,
}, async () => {
  const { page, context } = await app.open()
  await app.signIn(page)
  await page.goto(`${app.server.origin}/people/import`)
  await page
    .getByTestId('import-file')
    .setInputFiles({ name: 'wer.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
  await page.getByTestId('import-look').click()

  // No column is called name: the columns are shown to be put right.
  const columns = page.getByTestId('import-columns')
  await columns.getByLabel('Wer').selectOption('name')
  await page.getByTestId('import-preview').waitFor()
  await hasNoBarrier(page)
  await show(page, 'preview-360')
  await page.setViewportSize({ width: 1280, height: 800 })
  await hasNoBarrier(page)
  await show(page, 'preview-1280')
  await page.setViewportSize({ width: 360, height: 740 })
  await expect(page.getByTestId('import-refused').textContent()).resolves.toContain('1')

  await page.getByTestId('import-decide').selectOption({ index: 1 })
  await page.getByTestId('import-remove').check()
  await page.getByTestId('import-apply').click()
  await page.getByTestId('import-done').waitFor()
  await show(page, 'done-360')
  const people = await app.server.deps.store.people.all()
  expect(people.map(({ name, contactPoints }) => [name, contactPoints.map(({ address }) => address)])).toEqual([
    // What she had stays: the file does not say that it is wrong.
    ['Amira Ward', ['+447700900101', '+447700900101', '+447700900109', '+447700900109', 'amira@example.org']],
    ['Carla Voss', ['+442079460018', 'carla@example.org']],
  ])
  await page.goto(`${app.server.origin}/people`)
  await page.getByRole('link', { name: 'Export as contacts (vCard)' }).waitFor()
  await hasNoBarrier(page)
  await context.close()
})
