import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { type AppServer, HOST, startAppServer } from './harness.ts'
import { openReal, type PushLab, startPushLab } from './lab/push-lab.mjs'

let lab: PushLab
let server: AppServer
beforeAll(async () => {
  lab = await startPushLab()
  server = await startAppServer((endpoint) => lab.agentFor(endpoint))
})
afterAll(async () => {
  await server.stop()
  lab.close()
})

describe.each(['chromium', 'firefox'] as const)('in stock %s', (name) => {
  it('a button on the page behind the link answers the alert, and another changes the answer', async () => {
    const { alerts } = server.deps.store
    const browser = await openReal(name, lab, server.origin)
    try {
      const body = { template: 'Flood', trees: ['Everyone'], kind: 'drill' as const }
      const raised = await raiseAlert(server.deps, HOST, body, null)
      const find = async () => (await alerts.recipients(raised.id, { cursor: null, limit: 10 })).items[0]
      const { page } = browser
      await page.goto(`${server.origin}/a/${server.deps.vault.linkToken((await find())?.id ?? '')}`)
      expect(await find()).toMatchObject({ response: null })
      for (const [button, response] of [
        ['Yes', 'yes'],
        ['No', 'no'],
      ] as const) {
        await page.getByRole('button', { name: button, exact: true }).click()
        await page.getByRole('status').getByText(`Recorded: ${button}`).waitFor()
        await vi.waitFor(async () => expect(await find()).toMatchObject({ rung: 'acknowledged', response }))
      }
      await page.goto(`${server.origin}/a/of-nobody`)
      await page.getByText('This link is not valid').waitFor()
    } finally {
      await browser.close()
    }
  })
})
