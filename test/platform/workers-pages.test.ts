import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { unstable_startWorker } from 'wrangler'
import { makeSecret } from '../../src/platform/vault.ts'

const ROOT = join(import.meta.dirname, '../..')
const CARRIERS = {
  carriers: [{ name: 'push', kind: 'webpush', channels: ['push'], subject: 'mailto:ops@example.org' }],
}
const COMPLETE = {
  TOCSIN_SECRET: makeSecret(),
  TOCSIN_PUBLIC_URL: 'https://alerts.example.org',
  TOCSIN_CARRIERS: JSON.stringify(CARRIERS),
}

type Worker = Awaited<ReturnType<typeof unstable_startWorker>>
const started: Worker[] = []

/** The Worker as `wrangler.toml` describes it, in the real workerd, with the variables and secrets of a deployment. */
async function start(variables: Record<string, string>): Promise<(path: string) => Promise<Response>> {
  const worker = await unstable_startWorker({
    config: join(ROOT, 'wrangler.toml'),
    bindings: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, { type: 'plain_text', value }] as const),
    ),
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      inspector: false,
      persist: false,
      watch: false,
      logLevel: 'none',
    },
  })
  started.push(worker)
  await worker.ready
  return async (path) => {
    const response = await worker.fetch(`http://alerts.example.org${path}`, { redirect: 'manual' })
    return response as unknown as Response
  }
}

describe('the app on Workers, as wrangler.toml deploys it', () => {
  let get: (path: string) => Promise<Response>

  beforeAll(async () => {
    vi.stubEnv('WRANGLER_SEND_METRICS', 'false')
    vi.stubEnv('WRANGLER_SEND_ERROR_REPORTS', 'false')
    vi.stubEnv('CLOUDFLARE_CF_FETCH_ENABLED', 'false')
    get = await start(COMPLETE)
  }, 60_000)
  afterAll(async () => {
    await Promise.all(started.map((worker) => worker.dispose()))
    vi.unstubAllEnvs()
  })

  it.each(['/', '/raise', '/alerts/0190', '/index.html'])(
    'shows its screen at %s, with the security headers',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('<title>')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(response.headers.get('cache-control')).toBe('no-cache')
    },
  )

  it('lets a phone keep the files that never change, and look again for its service worker', async () => {
    const [hashed] = readdirSync(join(ROOT, 'dist/pwa/assets'))
    const kept = await get(`/assets/${hashed}`)
    expect(kept.status).toBe(200)
    expect(kept.headers.get('cache-control')).toContain('immutable')
    const worker = await get('/sw.js')
    expect(worker.headers.get('content-type')).toContain('javascript')
    expect(worker.headers.get('cache-control')).toBe('no-cache')
  })

  it('answers what it does not know with a problem, and tells a stranger nothing', async () => {
    for (const path of ['/nothing.js', '/%E0', '/%E0.js', '/assets/%00.js']) expect((await get(path)).status).toBe(404)
    expect((await get('/api/v1/people')).status).toBe(401)
  })

  it('serves nothing until its secret is set, and does not say to strangers what is missing', {
    timeout: 60_000,
  }, async () => {
    const { TOCSIN_SECRET: _, ...incomplete } = COMPLETE
    const response = await (await start(incomplete))('/')
    expect(response.status).toBe(503)
    expect(await response.text()).not.toContain('TOCSIN_SECRET')
  })
})
