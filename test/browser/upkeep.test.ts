import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invite } from '../../src/application/access/sign-in.ts'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTreeEdits } from '../../src/application/trees/edit-tree.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import type { TreeEdit } from '../../src/domain/trees/edit-tree.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { prepareDemo } from '../../src/platform/node/prepare-demo.ts'
import { SAMPLE_TEMPLATES } from '../../src/platform/node/sample-organisation.ts'
import { type Service, startService } from '../../src/platform/node/start-service.ts'
import { FLAGS } from './lab/chromium.mjs'

const HOST: Actor = { kind: 'host' }
const QUAY = `id,name,mobile,reports to
QA,Amira Quay,+447700900101,
QC,Cem Aksoy,+447700900103,QA
QD,Dov Lange,+447700900104,QC
QE,Eve Marsh,,QA
QF,Finn Oduya,+447700900106,QA`

let folder: string
let service: Service
let browser: Browser
let context: BrowserContext
let page: Page
let quay: string
let names: Map<string, string>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-upkeep-'))
  service = await startService(readEnvironment({ TOCSIN_DATA: folder, TOCSIN_PORT: '0' }), {})
  await prepareDemo(service)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
}, 60_000)
afterAll(async () => {
  await browser.close()
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

let round = 0
beforeEach(async () => {
  round += 1
  // A tree of its own for each test; the people are the same.
  const file = new TextEncoder().encode(QUAY)
  const tree = `Quay ${round}`
  await importPeople(service.deps, HOST, { file, mode: 'apply', refused: 'skip', tree }, null)
  quay =
    (await service.deps.store.trees.list({ cursor: null, limit: 50 })).items.find(({ name }) => name === tree)?.id ?? ''
  names = new Map((await service.deps.store.people.all()).map(({ name, id }) => [name, id]))
  context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'en-GB',
    serviceWorkers: 'block',
  })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const { link } = await invite(service.deps, HOST, { name: 'Amira Ward', role: 'administrator' })
  await page.goto(link)
  await page.getByTestId('sign-in').click()
  await page.getByTestId('sign-in').waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1 }).waitFor()
}, 30_000)
afterEach(() => context.close())

const id = (name: string) => names.get(name) ?? ''
const row = (name: string) => page.getByTestId('tree-person').filter({ hasText: name })
const dialog = () => page.getByRole('dialog')
const button = (name: string) => dialog().getByRole('button', { name, exact: true })
const steps = () => page.getByTestId('draft').getByRole('listitem').allTextContents()
const open = async (path: string) => {
  await page.goto(service.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
const openTree = async () => {
  await open(`/trees/${quay}`)
  await row('Amira Quay').waitFor()
}
const savedParents = async () => {
  const tree = await service.deps.store.trees.find(quay)
  const nodes = await service.deps.store.trees.nodes(quay, tree?.version ?? 1)
  const byId = new Map(nodes.map(({ person, name }) => [person, name]))
  return Object.fromEntries(nodes.map(({ name, parent }) => [name, parent === undefined ? null : byId.get(parent)]))
}
const edit = (edits: TreeEdit[]) => saveTreeEdits(service.deps, HOST, quay, null, edits)

async function hasNoBarrier(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
}

describe('whoever keeps a tree with a phone', () => {
  it('moves, names a deputy, takes out and adds, sees it all before it is saved, and saves it as one', async () => {
    await openTree()
    await hasNoBarrier()
    await row('Finn Oduya').click()
    await button('Move').click()
    await dialog().getByTestId('pick-search').fill('cem')
    await dialog()
      .getByRole('button', { name: /^Cem Aksoy/ })
      .click()
    await row('Amira Quay').click()
    await button('Add a deputy').click()
    await dialog().getByTestId('pick-search').fill('Elif Vogel')
    await dialog()
      .getByRole('button', { name: /Elif Vogel/ })
      .click()
    await row('Eve Marsh').click()
    await button('Take out of the tree').click()
    expect(await dialog().textContent()).toContain('Eve Marsh calls nobody here.')
    await hasNoBarrier()
    await dialog().getByTestId('take-out').click()
    await row('Cem Aksoy').click()
    await button('Add a person below').click()
    await dialog().getByTestId('pick-search').fill('Farah Khan')
    await dialog()
      .getByRole('button', { name: /Farah Khan/ })
      .click()
    expect(await steps()).toEqual([
      'Finn Oduya is called by Cem Aksoy (before: Amira Quay)',
      'Elif Vogel becomes a deputy of Amira Quay',
      'Eve Marsh is taken out',
      'Farah Khan is added and is called by Cem Aksoy',
    ])
    await page.getByRole('button', { name: 'Undo the last' }).click()
    expect(await steps()).toHaveLength(3)
    await hasNoBarrier()
    expect(Object.keys(await savedParents())).toContain('Eve Marsh')

    await page.getByTestId('save').click()
    await expect.poll(() => page.getByTestId('saved').textContent()).toBe('Saved as version 2.')
    expect(await savedParents()).toEqual({
      'Amira Quay': null,
      'Cem Aksoy': 'Amira Quay',
      'Dov Lange': 'Cem Aksoy',
      'Finn Oduya': 'Cem Aksoy',
    })
    await row('Amira Quay').click()
    await expect.poll(() => dialog().textContent()).toContain('Elif Vogel')
    await button('Remove the deputy Elif Vogel').click()
    expect(await dialog().textContent()).toContain('Nobody stands in for them.')
  })

  it('goes through the tree by keys alone, and finds a person in a closed branch', async () => {
    await openTree()
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    await row('Amira Quay').focus()
    expect(await page.getByTestId('tree-person').count()).toBe(4)
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toContain('Cem Aksoy')
    await page.keyboard.press('ArrowRight')
    await row('Dov Lange').waitFor()
    await page.keyboard.press('ArrowRight')
    await expect.poll(focused).toContain('Dov Lange')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.getByTestId('tree-person').count()).toBe(4)
    await page.keyboard.press('Home')
    await expect.poll(focused).toContain('Amira Quay')
    await page.getByTestId('find').fill('lange')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toContain('Dov Lange')
    await page.keyboard.press('Enter')
    await button('Move').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(focused).toContain('Dov Lange')
  })

  it('is told who saved the same tree meanwhile, loses nothing, and repeats the changes on the new version', async () => {
    await openTree()
    await row('Finn Oduya').click()
    await button('Move').click()
    await dialog()
      .getByRole('button', { name: /^Cem Aksoy/ })
      .click()
    await row('Eve Marsh').click()
    await button('Add a deputy').click()
    await dialog().getByTestId('pick-search').fill('Dov Lange')
    await dialog()
      .getByRole('button', { name: /Dov Lange/ })
      .click()
    await edit([{ act: 'remove', person: id('Eve Marsh') }])
    await page.getByTestId('save').click()
    const conflict = page.getByTestId('conflict')
    await expect.poll(() => conflict.textContent()).toContain('Version 2 was saved by the host')
    expect(await conflict.textContent()).toContain('Your 2 changes are kept here')
    await conflict.locator('summary').click()
    await expect.poll(() => conflict.textContent()).toContain('Left (1)')
    await hasNoBarrier()
    expect((await savedParents())['Finn Oduya']).toBe('Amira Quay')

    await conflict.getByRole('button').click()
    expect(await steps()).toEqual([
      'Finn Oduya is called by Cem Aksoy (before: Amira Quay)',
      expect.stringContaining('cannot be done: Eve Marsh is not in this tree.'),
    ])
    await page.getByRole('button', { name: 'Leave out what cannot be done' }).click()
    await page.getByTestId('save').click()
    await expect.poll(() => page.getByTestId('saved').textContent()).toBe('Saved as version 3.')
    expect((await savedParents())['Finn Oduya']).toBe('Cem Aksoy')
    expect(Object.keys(await savedParents())).not.toContain('Eve Marsh')
  })

  it('still has the changes after a look at another page', async () => {
    await openTree()
    await row('Cem Aksoy').click()
    await button('Take out of the tree').click()
    expect(await dialog().textContent()).toContain('1 person whom Cem Aksoy calls is called by Amira Quay from then on')
    await dialog().getByTestId('take-out').click()
    await row('Eve Marsh').click()
    await dialog().getByRole('link').click()
    await page.getByRole('heading', { name: 'Eve Marsh' }).waitFor()
    await page.goBack()
    await expect.poll(steps).toEqual(['Cem Aksoy is taken out; 1 person below is called by Amira Quay'])
  })

  it('sees what is weak, the serious first, and mends it by one tap, until nothing is weak', async () => {
    await open('/trees')
    await expect.poll(() => page.getByTestId('weak-link').textContent()).toContain('to look at')
    await hasNoBarrier()
    await page.getByTestId('weak-link').click()
    await page.getByTestId('weakness').first().waitFor()
    expect(await page.getByTestId('weak-person.unreachable').textContent()).toContain('serious')
    await hasNoBarrier()
    await page.getByRole('link', { name: 'Give Eve Marsh a number' }).click()
    await page.getByRole('heading', { name: 'Eve Marsh' }).waitFor()

    await openTree()
    const weak = page.getByTestId('tree-weak')
    await weak.locator('summary').first().click()
    const kind = weak.getByTestId('weak-tree.no_deputy')
    await expect.poll(() => kind.textContent()).toContain('Callers without a deputy (2)')
    await kind.getByRole('button', { name: 'Make Dov Lange the deputy of Cem Aksoy' }).click()
    await expect.poll(() => kind.textContent()).toContain('Callers without a deputy (1)')
    expect(await weak.getByTestId('mended').textContent()).toContain('Done: Make Dov Lange the deputy of Cem Aksoy.')
    await kind
      .getByRole('button', { name: /the deputy of Amira Quay/ })
      .first()
      .click()
    await weak.getByTestId('nothing-weak').waitFor()
    expect(await page.getByTestId('tree-summary').textContent()).toContain('version 3')
    await hasNoBarrier()
  })

  it('sees what has changed since the last drill, and brings an earlier version back after a question', async () => {
    await openTree()
    const since = page.getByTestId('since-drill')
    await since.locator('summary').click()
    await expect.poll(() => since.textContent()).toContain('There has been no drill')
    const template = SAMPLE_TEMPLATES[0]?.name ?? ''
    await raiseAlert(service.deps, HOST, { template, trees: [quay], kind: 'drill' }, null)
    await edit([{ act: 'move', person: id('Dov Lange'), parent: id('Eve Marsh') }])
    await openTree()
    await since.locator('summary').click()
    await expect.poll(() => since.textContent()).toContain('called by Cem Aksoy, now called by Eve Marsh')

    const versions = page.getByTestId('versions')
    await versions.locator('summary').click()
    await versions.getByRole('button', { name: 'Bring back version 1' }).click()
    expect(await dialog().textContent()).toContain('The tree becomes what it was then, with 5 people.')
    await hasNoBarrier()
    expect((await savedParents())['Dov Lange']).toBe('Eve Marsh')
    await button('Bring back').click()
    await expect.poll(() => versions.getByTestId('version').count()).toBe(3)
    expect((await savedParents())['Dov Lange']).toBe('Cem Aksoy')
  })
})

describe('whoever wants to know who can be reached', () => {
  it('reads the ledger in numbers, asks one point, and asks all after being told how many at most', async () => {
    await open('/people')
    await page.getByTestId('reach-link').click()
    const everybody = page.getByTestId('reach').first()
    await expect.poll(() => everybody.textContent()).toContain('never proven')
    expect(await everybody.getByTestId('expected').textContent()).toContain('an estimate')
    await everybody.locator('summary').click()
    expect(await everybody.getByRole('row').count()).toBeGreaterThan(2)
    const people = page.getByTestId('reach-person')
    expect(await people.first().textContent()).toContain('Eve Marsh')
    await hasNoBarrier()

    const cem = people.filter({ hasText: 'Cem Aksoy' })
    await page.getByLabel('Tree').selectOption({ label: `Quay ${round}` })
    await expect.poll(() => people.count()).toBe(5)
    await cem.getByRole('button', { name: 'Ask now: Cem Aksoy, text message' }).click()
    await expect.poll(() => cem.textContent()).toContain('Asked: the answer shows here.')

    await page.getByTestId('ask-all').click()
    await button('How many are asked?').click()
    const most = async () => (await page.getByTestId('ask-most').textContent()) ?? ''
    await expect.poll(most).toMatch(/^At most \d+ contact points are asked, over 7 days\.$/)
    await hasNoBarrier()
    const waiting = async () =>
      (await service.deps.store.checks.list({ cursor: null, limit: 500, state: 'waiting' })).items.length
    const before = await waiting()
    await dialog()
      .getByRole('button', { name: /^Ask \d+ contact points$/ })
      .click()
    await page.getByTestId('asked-all').getByText('going to be asked').waitFor()
    expect(await waiting()).toBeGreaterThan(before)
    await page.getByTestId('checks').getByText(/due/).first().waitFor()

    const standing = page.getByTestId('standing')
    await standing.getByRole('combobox').selectOption('180')
    await standing.getByRole('button').click()
    await standing.getByText('It is set.').waitFor()
    await page.reload()
    await expect.poll(() => standing.getByRole('combobox').inputValue()).toBe('180')
  })
})

describe('whoever keeps a person', () => {
  it('adds a number, sees it in the history, and brings back what was', async () => {
    await open(`/people/${id('Dov Lange')}`)
    await page.getByTestId('add-point').getByRole('textbox').fill('07700 900144')
    await page.getByTestId('add-point').getByRole('button').click()
    const history = page.getByTestId('history')
    await expect.poll(() => history.textContent()).toContain('+447700900104, +447700900144')
    await hasNoBarrier()
    await history
      .getByRole('button', { name: /^Bring back version/ })
      .first()
      .click()
    await button('Bring back').click()
    await expect.poll(() => history.textContent()).toContain('+447700900104, +447700900144 → +447700900104')
    const [dov] = await service.deps.store.people.find([id('Dov Lange')])
    expect(new Set(dov?.contactPoints.map(({ address }) => address))).toEqual(new Set(['+447700900104']))
  })

  it('makes a link to somebody’s own details on purpose, and is shown once whom it is for and when it ends', async () => {
    await open(`/people/${id('Cem Aksoy')}`)
    await page.getByTestId('details-link').click()
    expect(await dialog().textContent()).toContain('is believed to be Cem Aksoy')
    await button('Make the link').click()
    const link = await page.getByTestId('made-link').inputValue()
    expect(await dialog().textContent()).toMatch(/Only for Cem Aksoy\. Ends .+ It is shown this once\./)
    await hasNoBarrier()
    const opened = await fetch(service.url + new URL(link).pathname)
    expect([opened.status, await opened.text()]).toEqual([200, expect.stringContaining('Cem Aksoy')])
    await page.goto(service.url + new URL(link).pathname)
    await hasNoBarrier()
  })

  it('is told before taking somebody out that they are in a running alert, and can bring them back', async () => {
    const template = SAMPLE_TEMPLATES[0]?.name ?? ''
    const alert = await raiseAlert(service.deps, HOST, { template, trees: [quay], kind: 'drill' }, null)
    const finn = id('Finn Oduya')
    await expect.poll(() => service.deps.store.alerts.recipientOf(alert.id, finn)).not.toBeNull()
    await open(`/people/${finn}`)
    await page.getByTestId('remove-person').click()
    await expect.poll(() => dialog().textContent()).toContain('running:')
    expect(await dialog().getByRole('link').first().getAttribute('href')).toMatch(/^\/alerts\//)
    await hasNoBarrier()
    await button('Back').click()
    expect(await service.deps.store.people.find([finn])).toHaveLength(1)
    await page.getByTestId('remove-person').click()
    await button('Take out all the same').click()
    await page.getByText('This person was taken out.').waitFor()
    expect(await service.deps.store.people.find([finn])).toHaveLength(0)
    await page
      .getByRole('button', { name: /^Bring back version/ })
      .first()
      .click()
    await button('Bring back').click()
    await page.getByTestId('remove-person').waitFor()
    expect(await service.deps.store.people.find([finn])).toHaveLength(1)
  })
})

describe('whoever keeps a large tree', () => {
  it('opens a tree of 3,000 people without drawing them all, and finds one of them at once', async () => {
    const rows = Array.from(
      { length: 3_000 },
      (_, i) => `L${i},Person ${i} Large,,${i === 0 ? '' : `L${Math.floor((i - 1) / 12)}`}`,
    )
    const file = new TextEncoder().encode(['id,name,mobile,reports to', ...rows].join('\n'))
    await importPeople(service.deps, HOST, { file, mode: 'apply', refused: 'skip', tree: 'Large' }, null)
    const large = (await service.deps.store.trees.list({ cursor: null, limit: 50 })).items.find(
      ({ name }) => name === 'Large',
    )
    await open(`/trees/${large?.id}`)
    await row('Person 0 Large').waitFor()
    expect(await page.getByTestId('tree-person').count()).toBe(13)
    await page.getByTestId('find').fill('person 2999')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent ?? ''))
      .toContain('Person 2999 Large')
    expect(await page.getByTestId('tree-person').count()).toBeLessThan(60)
  }, 60_000)
})
