import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../src/application/access/sign-in.ts'
import { removeUser } from '../../src/application/directory/remove-user.ts'
import { createUser } from '../../src/application/directory/save-user.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { prepareDemo } from '../../src/platform/node/prepare-demo.ts'
import { type Service, startService } from '../../src/platform/node/start-service.ts'
import { FLAGS } from './lab/chromium.mjs'

const DIRECTORY: Actor = { kind: 'key', id: 'directory', name: 'directory', role: 'directory', mayRaise: null }
let folder: string
let service: Service
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-removals-'))
  service = await startService(readEnvironment({ TOCSIN_DATA: folder, TOCSIN_PORT: '0' }), {})
  await prepareDemo(service)
  for (let i = 0; i < 14; i++) {
    const { id } = await createUser(service.deps, DIRECTORY, {
      userName: `p${i}@example.org`,
      displayName: `P${i} Marsh`,
    })
    await removeUser(service.deps, DIRECTORY, String(id), null)
  }
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  page = await context.newPage()
  const { link } = await invite(service.deps, { kind: 'host' }, { name: 'Amira Ward', role: 'administrator' })
  await page.goto(link)
  await page.getByTestId('sign-in').click()
  await page.getByTestId('sign-in').waitFor({ state: 'detached' })
})
afterAll(async () => {
  await browser.close()
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

const left = async () => (await service.deps.store.people.all()).filter(({ name }) => name.endsWith('Marsh')).length

describe('an administrator with a phone, whose directory was emptied', () => {
  it('sees who is still alerted for that, and keeps or removes one or all after a question', async () => {
    await page.goto(`${service.url}/people`)
    const card = page.getByTestId('removals')
    await card.getByRole('heading', { name: 'The directory proposes to remove 4 people' }).waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

    await card.getByRole('button', { name: 'Remove', exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Back' }).click()
    expect(await left()).toBe(4)
    await card.getByRole('button', { name: 'Remove', exact: true }).first().click()
    await dialog.getByRole('button', { name: 'Remove 1 person' }).click()
    await card.getByRole('heading', { name: 'The directory proposes to remove 3 people' }).waitFor()
    expect(await left()).toBe(3)

    await card.getByRole('button', { name: 'Keep all 3 people' }).click()
    await dialog.getByRole('button', { name: 'Keep 3 people' }).click()
    await card.waitFor({ state: 'detached' })
    expect(await left()).toBe(3)
  })
})
