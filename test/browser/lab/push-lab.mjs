// One harness for both real browsers: openReal('chromium' | 'firefox') gives a page in a stock
// browser whose Web Push goes to a local mock and whose notifications go to a fake desktop.

import { mkdtempSync, rmSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, firefox } from 'playwright-core' // exactly 1.64.1: 1.65 needs a newer Firefox than ESR 153
import { startAutopush } from './autopush-mock.mjs'
import { FLAGS } from './chromium.mjs'
import { startFakeNotifications } from './fake-notifications.mjs'
import { startFcm } from './fcm-mock.mjs'
import { makeCert } from './test-cert.mjs'

export async function startPushLab({ log } = {}) {
  const tls = makeCert(['localhost'])
  const [autopush, fcm] = await Promise.all([startAutopush({ ...tls, log }), startFcm({ ...tls, log })])
  const plain = new https.Agent({ ca: tls.ca }),
    google = fcm.agent(tls.ca)
  return {
    tls,
    autopush,
    fcm,
    mock: (b) => (b === 'firefox' ? autopush : fcm),
    agentFor: (endpoint) => (endpoint.startsWith('https://localhost') ? plain : google), // web-push option `agent`
    close() {
      autopush.close()
      fcm.close()
    },
  }
}

export async function openReal(name, lab, origin, { permissions = ['notifications'], args = [], prefs = {} } = {}) {
  const desk = await startFakeNotifications()
  const env = { ...process.env, ...desk.env }
  let ctx, end
  if (name === 'chromium') {
    // push needs a persistent (non-incognito) profile
    const dir = mkdtempSync(join(tmpdir(), 'chr-'))
    ctx = await chromium.launchPersistentContext(dir, {
      executablePath: '/usr/bin/chromium',
      headless: true,
      chromiumSandbox: false,
      env,
      args: [...FLAGS, ...lab.fcm.chromiumArgs, ...args],
    })
    end = async () => {
      await ctx.close()
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
    }
    await ctx.grantPermissions([...permissions, 'background-sync'], { origin })
  } else {
    const b = await firefox.launch({
      channel: 'moz-firefox',
      executablePath: '/usr/bin/firefox-esr',
      headless: true,
      env,
      args,
      firefoxUserPrefs: {
        'dom.push.serverURL': lab.autopush.wsUrl,
        'dom.push.connection.enabled': true,
        'dom.push.testing.allowInsecureServerURL': true,
        'dom.push.retryBaseInterval': 200,
        ...prefs,
      },
    })
    ctx = await b.newContext()
    end = () => b.close()
    await ctx.grantPermissions(permissions, { origin })
  }
  const page = ctx.pages()[0] ?? (await ctx.newPage())
  const click = (n, label) =>
    desk.click(n.id, label ? Object.keys(n.actions).find((k) => n.actions[k] === label) : 'default')
  return {
    name,
    ctx,
    page,
    desk,
    click,
    async close() {
      await end()
      desk.close()
    },
  }
}
