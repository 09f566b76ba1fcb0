import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { fakeHost } from './fake-host.ts'

const ALERT = {
  id: 'a1',
  kind: 'drill',
  state: 'open',
  title: 'Flood',
  audience: 2,
  counts: { planned: 0, accepted: 2, delivered: 0, heard: 0, acknowledged: 0 },
  unreachable: 0,
  added: { people: 1, counts: { acknowledged: 0 } },
}

/** A service on which an alert runs, and what it was asked to do with it. */
function service(answer: object = ALERT, status: 200 | 409 = 200) {
  const asked: { act: string; key: string | undefined; body: unknown }[] = []
  const app = new Hono().post('/api/v1/alerts/a1/:act', async (c) => {
    asked.push({ act: c.req.param('act'), key: c.req.header('idempotency-key'), body: await c.req.json() })
    return c.json(answer, status)
  })
  return { asked, ...fakeHost(app) }
}

it.each([
  [
    'says something new to everybody',
    ['update', 'a1', '--text', 'Meet at the pier.'],
    'update',
    { audience: 'all', text: { body: 'Meet at the pier.' } },
  ],
  [
    'says something new, with a new title, to those who have not answered',
    ['update', 'a1', '--text', 'Meet at the pier.', '--title', 'Flood at dock 4', '--to', 'silent'],
    'update',
    { audience: 'silent', text: { title: 'Flood at dock 4', body: 'Meet at the pier.' } },
  ],
  ['calls the alert off', ['cancel', 'a1'], 'cancel', {}],
  [
    'calls the alert off, with a remark',
    ['cancel', 'a1', '--remark', 'The water is falling.'],
    'cancel',
    { remark: 'The water is falling.' },
  ],
  ['takes back an alert that was sent in error', ['sent-in-error', 'a1'], 'correct', {}],
  ['lets it go on for as long as its template says', ['extend', 'a1'], 'extend', {}],
  ['lets it go on for a time', ['extend', 'a1', '--for', 'PT4H'], 'extend', { for: 'PT4H' }],
  [
    'adds trees and people',
    ['add', 'a1', '--tree', 'East', 'West', '--person', 'p1'],
    'recipients',
    { trees: ['East', 'West'], people: ['p1'] },
  ],
])('the command line %s, once, and shows how the alert stands', async (_, argv, act, body) => {
  const { run, asked, progress } = service()
  progress.push('0 of 2 acknowledged')
  const { status, out, err } = await run('alert', ...argv)
  expect(status).toBe(0)
  expect(asked).toEqual([{ act, key: 'once-1', body }])
  expect(out).toContain('"Flood": 0 of 2 acknowledged')
  expect(out).toContain('0 of 1 added later acknowledged')
  expect(err).toBe('0 of 2 acknowledged')
})

it.each([
  ['an update without a text', ['update', 'a1']],
  ['an update to nobody that is known', ['update', 'a1', '--text', 'x', '--to', 'friends']],
  ['nobody to be added', ['add', 'a1']],
  ['no alert', ['cancel']],
])('the command line answers 2 and asks nothing for %s', async (_, argv) => {
  const { run, asked } = service()
  expect((await run('alert', ...argv)).status).toBe(2)
  expect(asked).toEqual([])
})

it('the command line answers 1 and says why when the alert has ended', async () => {
  const refusal = { type: 'about:blank', title: 'conflict', status: 409, code: 'alert.ended', detail: 'It has ended.' }
  const { run } = service(refusal, 409)
  for (const argv of [
    ['update', 'a1', '--text', 'x'],
    ['cancel', 'a1'],
    ['extend', 'a1'],
  ]) {
    expect(await run('alert', ...argv)).toMatchObject({ status: 1, err: expect.stringContaining('[alert.ended]') })
  }
  expect(JSON.parse((await run('alert', 'cancel', 'a1', '--json')).out)).toEqual(refusal)
})
