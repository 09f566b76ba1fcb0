// The one way to start Debian's Chromium here. Persistent context = own empty profile dir.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
export async function openChromium(opts = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'chr-'))
  const ctx = await chromium.launchPersistentContext(dir, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    ...opts,
    args: [...FLAGS, ...(opts.args ?? [])],
  })
  return {
    ctx,
    page: ctx.pages()[0] ?? (await ctx.newPage()),
    async close() {
      await ctx.close()
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
