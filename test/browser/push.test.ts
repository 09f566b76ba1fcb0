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
  it('a notification appears with the window shut, and its button answers the alert', async () => {
    const browser = await openReal(name, lab, server.origin)
    try {
      const { page } = browser
      await page.goto(await server.link())
      await page.getByTestId('sign-in').click()
      await page.getByRole('button', { name: 'Let this device be alerted' }).click()
      const devices = async () => {
        const people = await server.deps.store.people.all()
        return people.flatMap((person) => person.contactPoints.filter((point) => point.kind === 'push'))
      }
      const before = name === 'chromium' ? 0 : 1
      await vi.waitFor(async () => expect((await devices()).length).toBe(before + 1), { timeout: 15_000 })
      await browser.ctx.newPage()
      await page.close()

      const raised = await raiseAlert(
        server.deps,
        HOST,
        { template: 'Flood', trees: ['Everyone'], kind: 'drill' },
        null,
      )
      const shown = await browser.desk.waitFor((notification) => notification.summary.includes('Flood'), 20_000)
      expect(shown.summary).toMatch(/^DRILL/)
      browser.click(shown, 'Yes')
      await vi.waitFor(
        async () => {
          const { items } = await server.deps.store.alerts.recipients(raised.id, { cursor: null, limit: 10 })
          const amira = items.find((recipient) => recipient.name === 'Amira Ward')
          expect(amira).toMatchObject({ rung: 'acknowledged', response: 'yes', acknowledgedChannel: 'push' })
        },
        { timeout: 15_000 },
      )
    } finally {
      await browser.close()
    }
  })
})
