import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import { TEMPLATE } from '../harness/rig.ts'
import { type AppBrowser, startAppBrowser } from './app-browser.ts'
import { type AppServer, HOST } from './harness.ts'

const PEOPLE = `id,name,mobile,reports to
A,Amira Ward,+447700900101,
C,Cem Aksoy,+447700900103,A
D,Dov Lange,+447700900104,A
E,Eve Marsh,+447700900105,A`

let app: AppBrowser
let server: AppServer
let context: BrowserContext
let page: Page
let alert: string

beforeAll(async () => {
  app = await startAppBrowser()
  server = app.server
  const file = new TextEncoder().encode(PEOPLE)
  await importPeople(server.deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Quay' }, null)
  // The first message leaves later than the test takes: nobody is out of reach for want of a carrier.
  const plan = [{ after: 'PT10M', channels: ['sms' as const] }]
  const relay = { ...TEMPLATE, name: 'Relay', strategy: 'relay' as const, hold: 'PT20M', cardTime: 'PT15M', plan }
  await saveTemplate(server.deps, HOST, relay, null, null)
})
afterAll(() => app.stop())
beforeEach(async () => {
  ;({ context, page } = await app.open({ locale: 'en-GB' }))
  alert = (await raiseAlert(server.deps, HOST, { template: 'Relay', trees: ['Quay'], kind: 'drill' }, null)).id
  await app.signIn(page)
})
afterEach(() => context.close())

const person = (name: string) => page.getByTestId('to-phone').filter({ hasText: name })
const standing = (name: string) => person(name).getByTestId('standing')

/** How far down the page somebody's row begins. */
const placeOf = (name: string) => person(name).evaluate((row) => row.getBoundingClientRect().top + scrollY)

/** The lead answers, and sees whom she is to phone. */
async function takeCard(): Promise<void> {
  await page.goto(`${server.origin}/my/${alert}`)
  await page.getByTestId('answer-yes').click()
  await page.getByTestId('my-card').waitFor()
}

async function hasNoBarrier(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
}

describe('a lead', () => {
  it('phones her people from the card, and the board shows what came of it', async () => {
    await takeCard()
    expect(await page.getByTestId('to-phone').count()).toBe(3)
    expect(await person('Cem').getByRole('link').getAttribute('href')).toBe('tel:+447700900103')
    await hasNoBarrier()

    await person('Cem').getByTestId('outcome-yes').click()
    await expect.poll(() => standing('Cem').textContent()).toBe('Reached: Yes')
    const before = await placeOf('Eve')
    await person('Dov').getByTestId('outcome-no_answer').press('Enter')
    await expect.poll(() => standing('Dov').textContent()).toBe('No answer')
    await expect.poll(() => page.getByTestId('card-changes').textContent()).toContain('Dov Lange: No answer.')
    expect(await placeOf('Eve')).toBe(before)

    await page.goto(server.origin)
    await expect.poll(() => page.getByTestId('calls-to-make').first().textContent()).toContain('Phone 1 person')
    await hasNoBarrier()

    await page.goto(`${server.origin}/alerts/${alert}`)
    const card = page.getByTestId('board-card')
    await expect.poll(() => card.textContent()).toContain('Amira Ward phones 3 people')
    await card.locator('summary').click()
    const rows = await card.getByRole('listitem').allTextContents()
    expect(rows).toEqual(['Cem AksoyReached: Yes', 'Dov LangeNo answer', 'Eve MarshNot marked yet'])
    expect(await page.getByTestId('strategy').textContent()).toContain('within 15 min')
    await expect.poll(() => page.getByTestId('waiting-turn').textContent()).toContain('1 of these')
    await page.getByTestId('recipient').filter({ hasText: 'Dov Lange' }).getByRole('button').first().click()
    await expect
      .poll(() => page.getByTestId('reason').textContent())
      .toBe('Dov Lange is contacted because Amira Ward phoned and met no answer.')
    await hasNoBarrier()
  })

  it('is told that a mark was not taken without a network, and it is made up for when the network is back', async () => {
    await takeCard()
    await context.setOffline(true)
    await person('Eve').getByTestId('outcome-wrong_number').click()
    await person('Eve').getByTestId('mark-not-taken').waitFor()
    expect(await person('Eve').getByTestId('mark-not-taken').textContent()).toContain('is not recorded')
    expect(await standing('Eve').textContent()).toBe('Not marked yet')
    await context.setOffline(false)
    await expect.poll(() => standing('Eve').textContent(), { timeout: 20_000 }).toBe('Wrong number')
    expect(await person('Eve').getByTestId('mark-not-taken').count()).toBe(0)
  })

  it('says how long she is away, and takes it back', async () => {
    const year = new Date().getUTCFullYear() + 1
    const absence = page.getByTestId('absence')
    const state = () => page.getByTestId('absence-state').textContent()
    await expect.poll(state).toBe('You are not away.')
    await absence.locator('input').fill('2020-01-01T08:00')
    await absence.getByRole('button', { name: 'Be away until then' }).click()
    await absence.getByText('Choose a time that is still to come.').waitFor()
    await absence.locator('input').fill(`${year}-12-03T08:00`)
    await absence.getByRole('button', { name: 'Be away until then' }).click()
    await expect.poll(state).toContain(`You are away until 3 Dec ${year}, 08:00`)
    await page.goto(`${server.origin}/people`)
    await page.getByTestId('person').filter({ hasText: 'Amira' }).getByTestId('away').waitFor()
    await page.goto(server.origin)
    await absence.getByRole('button', { name: 'I am back' }).click()
    await expect.poll(state).toBe('You are not away.')
  })
})
