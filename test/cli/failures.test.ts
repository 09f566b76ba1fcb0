import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { fakeHost } from './fake-host.ts'

const REMOTE = ['--url', 'https://alerts.example.org', '--key', 'tk_very_secret']

function ready(body: unknown, status: 200 | 503) {
  return fakeHost(new Hono().get('/readyz', (c) => c.json(body, status)))
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
    const { run } = ready({ ok: true, database: true, channels: ['push', 'sms'] }, 200)
    expect(await run('doctor')).toMatchObject({ status: 0, out: 'Ready. Channels: push, sms.' })
  })

  it('answers 1 and says what is wrong when no channel is set up', async () => {
    const { run } = ready({ ok: false, database: true, channels: [] }, 503)
    const { status, out } = await run('doctor')
    expect(status).toBe(1)
    expect(out).toContain('No channel is set up')
    expect(out).not.toContain('database')
  })

  it('answers 1 with exactly one JSON document when the database does not answer', async () => {
    const { run } = ready({ ok: false, database: false, channels: ['sms'] }, 503)
    const { status, out, err } = await run('doctor', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ ok: false, database: false })
    expect(err).toBe('')
  })
})
