import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { recordAnswer } from '../../src/application/answers/record-answer.ts'
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
  ;({ context, page } = await app.open({ locale: 'en-GB' }))
  // Notes each tone, and whether it is heard. Not every build of the browser keeps sounds back until something is pressed:
  // here each page begins as in one that does.
  await context.addInitScript(() => {
    window.AudioContext = class extends AudioContext {
      constructor() {
        super()
        void this.suspend()
      }
    }
    const tones: string[] = []
    Object.assign(window, { tones })
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (when) {
      tones.push(this.context.state)
      start.call(this, when)
    }
  })
  alert = (await raiseAlert(server.deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)).id
  await app.signIn(page)
  await page.goto(`${server.origin}/alerts/${alert}`)
  await page.locator('[data-testid=freshness][data-state=connected]').waitFor()
})
afterEach(() => context.close())

const sound = () => page.getByTestId('sound')
const tones = () => page.evaluate(() => (window as unknown as { tones: string[] }).tones)
const silence = () => page.evaluate(() => (window as unknown as { tones: string[] }).tones.splice(0))

async function needsHelp(name: string): Promise<void> {
  const { deps } = server
  const { items } = await deps.store.alerts.recipients(alert, { cursor: null, limit: 10 })
  const recipient = items.find((one) => one.name === name)
  const running = await deps.store.alerts.find(alert)
  if (!recipient || !running) throw new Error('nobody')
  const answer = { response: 'no', channel: 'sms' as const, at: deps.clock(), address: null, note: null }
  await recordAnswer(deps, { kind: 'service' }, running, recipient, { id: `test:${deps.newId()}`, ...answer })
}

describe('somebody who needs help', () => {
  it('is heard at the board as soon as the browser allows sounds, which it says calmly', async () => {
    await expect.poll(() => sound().textContent()).toBe('Turn sound on')
    await page.getByText('Your browser keeps sounds back until you press something here.').waitFor()
    await sound().click()
    await expect.poll(() => sound().textContent()).toBe('Sound is on')
    await needsHelp('Ben Holt')
    await expect.poll(tones).toEqual(['running', 'running'])
  })

  it('is heard after any other press too, also with the keyboard', async () => {
    await page.keyboard.press('Tab')
    await expect.poll(() => sound().textContent()).toBe('Sound is on')
  })

  it('is heard again after the sound was turned off for an earlier one', async () => {
    await sound().click()
    await needsHelp('Ben Holt')
    await expect.poll(async () => (await tones()).length).toBe(2)
    await expect.poll(() => sound().textContent()).toBe('Sound is on')
    await sound().click()
    expect(await sound().textContent()).toBe('Sound is off')
    await silence()
    await needsHelp('Amira Ward')
    await expect.poll(tones).toEqual(['running', 'running'])
    expect(await sound().textContent()).toBe('Sound is on')
  })
})
