import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { fakeHost } from './fake-host.ts'

const weakness = (severity: string, reason: string) => ({
  code: severity === 'serious' ? 'person.unreachable' : 'tree.no_deputy',
  severity,
  tree: { id: 't1', name: 'Harbour', version: 1 },
  person: { id: 'p1', name: 'Ana' },
  reason,
  mends: [{ label: 'Make Bo the deputy of Ana', edits: [] }],
})

function service(items: object[]) {
  const asked: string[] = []
  const answer = (url: string) => {
    asked.push(new URL(url).pathname + new URL(url).search)
    return { items, nextCursor: null, counts: {} }
  }
  const app = new Hono()
    .get('/api/v1/trees/weaknesses', (c) => c.json(answer(c.req.url)))
    .get('/api/v1/trees/:name/weaknesses', (c) => c.json(answer(c.req.url)))
  return { asked, ...fakeHost(app) }
}

it('the command line names what is weak with what mends it, and fails where somebody may not be reached', async () => {
  const { run, asked } = service([weakness('serious', 'Ana has no number.'), weakness('minor', 'Ana has no deputy.')])
  const { status, out } = await run('trees', 'check')
  expect(status).toBe(1)
  expect(out).toContain('! "Harbour": Ana has no number.')
  expect(out).toContain('- "Harbour": Ana has no deputy.\n    Make Bo the deputy of Ana?')
  expect(asked).toEqual(['/api/v1/trees/weaknesses?limit=500'])
})

it('the command line looks at one tree, by its own measure, and is content with what only costs time', async () => {
  const { run, asked } = service([weakness('minor', 'Ana has no deputy.')])
  expect((await run('trees', 'check', 'Harbour West', '--span', '7')).status).toBe(0)
  expect(asked).toEqual(['/api/v1/trees/Harbour%20West/weaknesses?span=7&limit=500'])
})

it('the command line says that nothing is weak', async () => {
  const { run } = service([])
  expect(await run('trees', 'check')).toMatchObject({ status: 0, out: expect.stringContaining('Nothing is weak.') })
})
