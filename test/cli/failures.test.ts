import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { fakeHost } from './fake-host.ts'

const REMOTE = ['--url', 'https://alerts.example.org', '--key', 'tk_very_secret']

const FULL = { ok: true, database: true, channels: ['push', 'sms'], missing: [], warnings: [] }

function ready(found: Partial<typeof FULL> | { missing: string[]; warnings?: string[] }) {
  const whole = { ...FULL, ...found }
  const works = whole.database && whole.channels.length > 0
  const app = new Hono()
    .get('/readyz', (c) => c.json({ ...whole, ok: works }, works ? 200 : 503))
    .get('/api/v1/readiness', (c) => c.json(whole))
  return fakeHost(app)
}

describe('when the command line cannot do what was asked', () => {
  it('says that the service does not answer, and keeps the key to itself', async () => {
    const { run } = fakeHost(new Hono(), async () => {
      throw new TypeError('fetch failed')
    })
    const { status, err } = await run('people', 'list', ...REMOTE)
    expect(status).toBe(1)
    expect(err).toBe('The service at https://alerts.example.org does not answer. [cli.unreachable] (url)')
    expect((await run('people', 'list', '--json', ...REMOTE)).out).not.toContain('very_secret')
  })

  it('says so when something else than the service answers, with an error or with success', async () => {
    const app = new Hono()
      .get('/api/v1/people', (c) => c.html('<h1>Bad gateway</h1>', 502))
      .get('/api/v1/trees', (c) => c.html('<h1>Welcome to our portal</h1>'))
      .get('/readyz', (c) => c.html('<h1>Welcome to our portal</h1>'))
    const { run } = fakeHost(app)
    for (const argv of [['people', 'list'], ['trees', 'list'], ['doctor']]) {
      const { status, err } = await run(...argv)
      expect(status).toBe(1)
      expect(err).toContain('[cli.unexpected_answer]')
    }
  })

  it('never falls back to the rights of the host when a key comes without an address', async () => {
    const { run, opened } = fakeHost(new Hono())
    expect((await run('people', 'list', '--key', 'tk_very_secret')).status).toBe(2)
    expect(opened.local).toBe(0)
  })

  it('answers 2 for an address without a key, one that is no address, a role or a format that does not exist', async () => {
    const { run } = fakeHost(new Hono())
    expect((await run('people', 'list', '--url', 'https://alerts.example.org')).status).toBe(2)
    expect((await run('people', 'list', '--url', 'alerts', '--key', 'k')).status).toBe(2)
    expect((await run('people', 'list', '--url', 'file:///etc', '--key', 'k')).status).toBe(2)
    expect((await run('key', 'create', 'siren', '--role', 'king')).status).toBe(2)
    expect((await run('drill', 'report', '1', '--format', 'docx')).status).toBe(2)
  })

  it('says in one sentence what it did not expect, as one JSON document where that was asked for', async () => {
    const { run } = fakeHost(new Hono(), async () => Response.json({ items: 5 }))
    const { status, err } = await run('people', 'list', ...REMOTE)
    expect(status).toBe(1)
    expect(err).toMatch(/^This failed, and should not have: TypeError: [^\n]* \[cli\.failed\]$/)
    expect(JSON.parse((await run('people', 'list', '--json', ...REMOTE)).out)).toMatchObject({ code: 'cli.failed' })
  })

  it('answers 2 and names the file that cannot be read or is not JSON, and lets the database go', async () => {
    const { run, files, opened } = fakeHost(new Hono())
    files.set('broken.json', '{ "name": ')
    for (const argv of [
      ['people', 'import', 'absent.csv'],
      ['trees', 'import', 'broken.json'],
      ['templates', 'import', 'broken.json'],
    ]) {
      const { status, err } = await run(...argv)
      expect(status).toBe(2)
      expect(err).toContain(argv[2])
    }
    expect(opened.closed).toBe(3)
  })

  it('gives wrong use as one JSON document too when JSON was asked for', async () => {
    const { run } = fakeHost(new Hono())
    const { status, out } = await run('alert', 'raise', '--template', 'Flood', '--tree', 'Everyone', '--json')
    expect(status).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ code: 'cli.usage', detail: 'Say either --drill or --live.' })
  })
})

describe('the doctor', () => {
  it('answers 0 and names the channels when an alert could be raised', async () => {
    const { run } = ready({})
    expect(await run('doctor')).toMatchObject({ status: 0, out: 'Ready. Channels: push, sms.' })
  })

  it('answers 1 and says what is wrong when no channel is set up', async () => {
    const { run } = ready({ ok: false, channels: [] })
    const { status, out } = await run('doctor')
    expect(status).toBe(1)
    expect(out).toContain('No channel is set up')
    expect(out).not.toContain('database')
  })

  it('answers 1 with exactly one JSON document when the database does not answer', async () => {
    const { run } = ready({ ok: false, database: false })
    const { status, out, err } = await run('doctor', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ ok: false, database: false })
    expect(err).toBe('')
  })

  it('answers 1 and says what to do where there is nobody, nothing to say and no one to say it', async () => {
    const { run } = ready({ ok: false, missing: ['people', 'tree', 'template', 'commander'] })
    const { status, out } = await run('doctor')
    expect(status).toBe(1)
    for (const what of ['people import', 'call tree', 'templates import', 'user invite NAME --role commander']) {
      expect(out).toContain(what)
    }
  })

  it('warns, and answers 0, when every commander would have to sign in first', async () => {
    const { status, out } = await ready({ missing: [], warnings: ['commander_signed_out'] }).run('doctor')
    expect(status).toBe(0)
    expect(out).toContain('No commander is signed in')
  })

  it('answers 1 when its key is wrong or revoked, however well the service is', async () => {
    const refusal = { type: 'about:blank', title: '', status: 401, code: 'access.sign_in', detail: 'Sign in.' }
    const app = new Hono().get('/readyz', (c) => c.json(FULL)).get('/api/v1/readiness', (c) => c.json(refusal, 401))
    const { status, err } = await fakeHost(app).run('doctor', ...REMOTE)
    expect(status).toBe(1)
    expect(err).toContain('does not take this key: wrong, revoked or expired. [cli.key_refused]')
  })
})
