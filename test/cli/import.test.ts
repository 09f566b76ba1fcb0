import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { fakeHost } from './fake-host.ts'

const SHOWN = {
  id: '0192a000-0000-7000-8000-000000000001',
  mode: 'preview',
  applied: false,
  created: 0,
  changed: 0,
  unchanged: 0,
  review: 1,
  refused: 0,
  missing: 1,
  encoding: 'utf-8',
  columns: {},
  unknownColumns: [],
  rows: [
    { line: 2, outcome: 'review', name: 'Ana', reason: 'Same?', candidates: [{ id: 'p1', name: 'Ana', about: 'A' }] },
    { outcome: 'missing', person: 'p2' },
  ],
}

function startHost() {
  const asked: { path: string; body: unknown }[] = []
  const app = new Hono()
  app.post('/api/v1/people/imports', async (c) => {
    asked.push({ path: `${c.req.path}?${new URL(c.req.url).searchParams}`, body: null })
    return c.json(SHOWN)
  })
  app.post('/api/v1/people/imports/:id/apply', async (c) => {
    asked.push({ path: c.req.path, body: await c.req.json() })
    return c.json({ ...SHOWN, applied: true, removed: 1 })
  })
  app.get('/api/v1/people/export.vcf', (c) => c.body('BEGIN:VCARD\r\nEND:VCARD\r\n'))
  const host = fakeHost(app)
  host.files.set('people.csv', 'name,mobile')
  return { ...host, asked }
}

describe('people import', () => {
  it('shows whom a doubtful row may be about, with the words to decide it', async () => {
    const { run } = startHost()
    const { out } = await run('people', 'import', 'people.csv', '--preview')
    expect(out).toContain('--decide 2=p1   Ana (A)')
    expect(out).toContain('--decide 2=new')
  })

  it('applies what somebody decided to the very preview, and takes out those whose count was named', async () => {
    const { run, asked } = startHost()
    const words = ['--decide', '2=new', '--remove-missing', '1', '--column', 'Handynr=mobile']
    const { status, out } = await run('people', 'import', 'people.csv', ...words)
    expect([status, asked]).toEqual([
      0,
      [
        { path: expect.stringContaining('columns=%7B%22Handynr%22%3A%22mobile%22%7D'), body: null },
        {
          path: `/api/v1/people/imports/${SHOWN.id}/apply`,
          body: { decisions: [{ line: 2, person: 'new' }], remove: ['p2'] },
        },
      ],
    ])
    expect(out).toContain('removed')
  })

  it('changes nothing when another number of people is missing than somebody thinks', async () => {
    const { run, asked } = startHost()
    const { status, err } = await run('people', 'import', 'people.csv', '--remove-missing', '7')
    expect([status, asked.length]).toEqual([1, 1])
    expect(err).toContain('1 people are missing from the file, not 7')
  })

  it.each([
    ['--decide', 'new'],
    ['--column', 'mobile'],
    ['--remove-missing', 'all'],
  ])('is told how when %s is used wrongly', async (option, value) => {
    const { run, asked } = startHost()
    expect([(await run('people', 'import', 'people.csv', option, value)).status, asked]).toEqual([2, []])
  })
})

describe('people export', () => {
  it('writes cards to a file', async () => {
    const { run, files } = startHost()
    expect((await run('people', 'export', '--format', 'vcard', '--out', 'all.vcf')).status).toBe(0)
    expect(files.get('all.vcf')).toContain('BEGIN:VCARD')
  })
})
