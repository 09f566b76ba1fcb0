import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { fakeHost } from './fake-host.ts'

const ALERT = {
  id: 'a1',
  kind: 'drill',
  state: 'open',
  title: 'Flood',
  audience: 2,
  counts: { planned: 0, accepted: 2, delivered: 0, heard: 0, acknowledged: 0 },
  unreachable: 0,
  added: { people: 0 },
}

function importResult(rows: unknown[], refused: number) {
  return {
    id: '0198f1de-0000-7000-8000-000000000001',
    mode: 'preview',
    applied: false,
    created: 1,
    changed: 0,
    unchanged: 0,
    review: 0,
    refused,
    missing: 0,
    encoding: 'utf-8',
    columns: {},
    unknownColumns: [],
    rows,
  }
}

const BAD_ROWS = [
  { line: 3, outcome: 'refused', field: 'mobile', code: 'phone.short', reason: 'The number is too short.' },
  { line: 7, outcome: 'refused', field: 'email', code: 'email.form', reason: 'This is no address.' },
]

describe('what the command line asks of the service', () => {
  it('raises a drill once, under its own idempotency key, and says progress only when there is some', async () => {
    const asked: { key: string | undefined; body: unknown }[] = []
    const app = new Hono()
      .post('/api/v1/alerts', async (c) => {
        asked.push({ key: c.req.header('idempotency-key'), body: await c.req.json() })
        return c.json(ALERT, 201)
      })
      .get('/api/v1/alerts/a1', (c) => c.json(ALERT))
    const { run, progress } = fakeHost(app)
    progress.push('0 of 2 acknowledged', '0 of 2 acknowledged', '1 of 2 acknowledged')
    const { status, err } = await run('alert', 'raise', '--template', 'Flood', '--tree', 'East', 'West', '--drill')
    expect(status).toBe(0)
    expect(asked).toEqual([{ key: 'once-1', body: { template: 'Flood', trees: ['East', 'West'], kind: 'drill' } }])
    expect(err.split('\n')).toEqual(['Raised a1.', '0 of 2 acknowledged', '1 of 2 acknowledged'])
  })

  it('raises nothing when neither or both of drill and live are named', async () => {
    let raised = 0
    const app = new Hono().post('/api/v1/alerts', (c) => {
      raised += 1
      return c.json(ALERT, 201)
    })
    const { run } = fakeHost(app)
    const raise = ['alert', 'raise', '--template', 'Flood', '--tree', 'East']
    expect((await run(...raise)).status).toBe(2)
    expect((await run(...raise, '--drill', '--live')).status).toBe(2)
    expect(raised).toBe(0)
  })

  it('shows every refused row with line, field and reason in a preview', async () => {
    let query = {}
    const app = new Hono().post('/api/v1/people/imports', (c) => {
      query = c.req.query()
      return c.json(importResult(BAD_ROWS, 2), 201)
    })
    const { run, files } = fakeHost(app)
    files.set('people.csv', 'name,mobile')
    const { status, out } = await run('people', 'import', 'people.csv', '--preview', '--tree', 'Everyone')
    expect(status).toBe(1)
    expect(query).toEqual({ mode: 'preview', refused: 'reject_all', tree: 'Everyone' })
    expect(out).toContain('Preview: nothing has been changed.')
    expect(out).toMatch(/created +1\n/)
    expect(out).toMatch(/line 3 +refused +mobile +The number is too short\. \[phone\.short\]/)
    expect(out).toMatch(/line 7 +refused +email +This is no address\./)
    expect((await run('people', 'import', 'people.csv', '--preview', '--skip-refused')).status).toBe(0)
  })

  it('hides nothing of an import: repaired numbers, who is missing, and how each column was read', async () => {
    const rows = [
      {
        line: 2,
        outcome: 'created',
        name: 'Amira Ward',
        field: 'mobile',
        code: 'phone.repaired',
        reason: 'A zero was lost.',
      },
      { line: 3, outcome: 'created', name: 'Ben Holt' },
      { outcome: 'missing', name: 'Chloé Petit' },
    ]
    const result = { ...importResult(rows, 0), applied: true, columns: { Handy: 'mobile', name: 'name' } }
    const { run, files } = fakeHost(new Hono().post('/api/v1/people/imports', (c) => c.json(result)))
    files.set('people.csv', 'name,Handy')
    const { status, out } = await run('people', 'import', 'people.csv')
    expect(status).toBe(0)
    expect(out).toMatch(/line 2 +created +mobile +Amira Ward: A zero was lost\. \[phone\.repaired\]/)
    expect(out).toMatch(/missing +- +Chloé Petit/)
    expect(out).toContain('Read as utf-8. Columns: Handy (mobile), name')
    expect(out).not.toContain('Ben Holt')
  })

  it('takes address and key from the environment, where no list of processes shows them', async () => {
    const { run, opened, environment } = fakeHost(
      new Hono().get('/api/v1/trees', (c) => c.json({ items: [], nextCursor: null })),
    )
    Object.assign(environment, { url: 'https://alerts.example.org', key: 'tk_quiet' })
    expect((await run('trees', 'list')).status).toBe(0)
    expect(opened).toMatchObject({ keys: ['tk_quiet'], local: 0 })
    environment.url = undefined
    expect((await run('trees', 'list')).status).toBe(2)
    expect(opened.local).toBe(0)
  })

  it('says which version it is', async () => {
    expect(await fakeHost(new Hono()).run('--version')).toMatchObject({ status: 0, out: '1.2.3' })
  })

  it('prints the SQL of a first key apart from its secret, and asks no service for it', async () => {
    const { run, opened } = fakeHost(new Hono())
    const made = await run('key', 'create', 'first', '--role', 'administrator', '--for-d1')
    expect(made).toMatchObject({ status: 0, out: 'insert into keys' })
    expect(made.err).toContain('tk_first')
    expect(opened.local + opened.keys.length).toBe(0)
  })

  it('names every refused row, not only the first, when the whole file is refused', async () => {
    const problem = {
      type: 'about:blank',
      title: 'invalid',
      status: 422,
      code: 'import.refused_rows',
      detail: 'Nothing was changed: 2 of the rows are refused.',
      field: 'mobile',
      details: importResult(BAD_ROWS, 2),
    }
    const { run, files } = fakeHost(new Hono().post('/api/v1/people/imports', (c) => c.json(problem, 422)))
    files.set('people.csv', 'name,mobile')
    const { status, err } = await run('people', 'import', 'people.csv')
    expect(status).toBe(1)
    expect(err).toContain('[import.refused_rows] (mobile)')
    expect(err).toMatch(/line 3 .*\n.*line 7 /)
    expect(JSON.parse((await run('people', 'import', 'people.csv', '--json')).out)).toEqual(problem)
  })

  it('says which template of a list is refused', async () => {
    const app = new Hono().post('/api/v1/templates', async (c) => {
      const { name } = await c.req.json<{ name: string }>()
      const problem = { type: 'about:blank', title: 'invalid', status: 422, code: 'input.invalid', detail: 'No plan.' }
      return name === 'Flood' ? c.json({ name }, 201) : c.json(problem, 422)
    })
    const { run, files } = fakeHost(app)
    files.set('all.json', JSON.stringify([{ name: 'Flood' }, { name: 'Fire' }]))
    const { status, err } = await run('templates', 'import', 'all.json')
    expect(status).toBe(1)
    expect(err).toContain('Template 2 of 2 (those before it are saved): No plan. [input.invalid]')
  })

  it('reads every page of a list', async () => {
    const app = new Hono().get('/api/v1/trees', (c) =>
      c.req.query('cursor') === 'next page'
        ? c.json({ items: [{ name: 'West', people: 1 }], nextCursor: null })
        : c.json({ items: [{ name: 'East', people: 2 }], nextCursor: 'next page' }),
    )
    const { run } = fakeHost(app)
    expect((await run('trees', 'list')).out).toBe('East  2 people\nWest  1 people')
  })

  it('shows the secret of a new key once, and no secret when keys are listed or revoked', async () => {
    const row = { id: 'k1', name: 'siren', role: 'commander' }
    const app = new Hono()
      .post('/api/v1/keys', async (c) => c.json({ ...row, ...(await c.req.json<object>()), secret: 'tk_new' }, 201))
      .get('/api/v1/keys', (c) => c.json({ items: [row], nextCursor: null }))
      .delete('/api/v1/keys/k1', (c) => c.body(null, 204))
    const { run } = fakeHost(app)
    const made = await run('key', 'create', 'siren', '--role', 'commander', '--may-raise', 'Flood', '--json')
    expect(JSON.parse(made.out)).toMatchObject({ secret: 'tk_new', mayRaise: ['Flood'] })
    expect((await run('key', 'list')).out).toBe('k1  commander  siren')
    expect(await run('key', 'revoke', 'k1')).toMatchObject({ status: 0, out: 'Revoked.' })
  })

  it('prints the one-time link of an invitation', async () => {
    const app = new Hono().post('/api/v1/accounts/invitations', async (c) => {
      expect(await c.req.json()).toEqual({ name: 'Amira Ward', role: 'risk_manager' })
      return c.json({ id: 'i1', link: 'https://alerts.example.org/sign-in#x', expiresAt: '2026-01-01T00:00:00Z' }, 201)
    })
    const { run } = fakeHost(app)
    const { status, out } = await run('user', 'invite', 'Amira Ward', '--role', 'risk-manager')
    expect(status).toBe(0)
    expect(out).toContain('https://alerts.example.org/sign-in#x')
  })

  it('keeps a report one JSON document when JSON is asked for, and says when it cannot be written', async () => {
    const app = new Hono()
      .get('/api/v1/reports/a1.csv', (c) => c.text('name,rung\nAmira Ward,acknowledged'))
      .get('/api/v1/reports/a1.json', (c) => c.json({ audience: 2 }))
    const { run, files } = fakeHost(app)
    expect(JSON.parse((await run('drill', 'report', 'a1', '--format', 'csv', '--json')).out)).toMatchObject({
      format: 'csv',
    })
    expect(JSON.parse((await run('drill', 'report', 'a1', '--json')).out)).toEqual({ audience: 2 })
    expect((await run('drill', 'report', 'a1', '--format', 'csv', '--out', 'r.csv')).status).toBe(0)
    expect(files.get('r.csv')).toContain('Amira Ward')
    const full = await run('drill', 'report', 'a1', '--format', 'csv', '--out', '/full/r.csv')
    expect(full).toMatchObject({ status: 1, err: expect.stringContaining('[cli.file_not_written]') as string })
  })
})
