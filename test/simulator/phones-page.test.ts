import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Rig, SENDER, startRig } from './rig.ts'

const PHONE = '+447700900123'
let rig: Rig

beforeEach(async () => {
  rig = await startRig()
  rig.simulator.phones.add(PHONE, { label: 'Ada Moreau' })
})
afterEach(() => rig.stop())

const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  fetch(`${rig.url}/phones/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

test('the page says that the phones are simulated and lets nothing inline run', async () => {
  const page = await fetch(`${rig.url}/phones`)
  const html = await page.text()
  expect(html).toContain('<h1>Simulated phones</h1>')
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|\sstyle=/)
  expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'self'")
  for (const [path, type] of [
    ['phones.css', 'text/css'],
    ['phones.js', 'text/javascript'],
  ])
    expect((await fetch(`${rig.url}/phones/${path}`)).headers.get('Content-Type')).toContain(type)
})

test('the script of the page is complete by itself', async () => {
  const script = await (await fetch(`${rig.url}/phones/phones.js`)).text()
  expect(() => new Function(script)).not.toThrow()
  expect(script).not.toMatch(/__vi_|import\(|import_/)
})

test('a phone answers, presses a key and hangs up by the routes of the page', async () => {
  const twiml =
    '<Response><Gather numDigits="1" action="https://app.example.org/key"><Pause length="9"/></Gather></Response>'
  await rig.client.calls.create({ to: PHONE, from: SENDER, twiml })
  await rig.advance(1_000)
  expect((await post(`${encodeURIComponent(PHONE)}/answer`)).status).toBe(200)
  expect((await post(`${PHONE}/key`, { key: '2' })).status).toBe(200)
  await rig.simulator.settle()
  expect(rig.received.at(-1)?.params.Digits).toBe('2')
  expect((await post(`${PHONE}/answer`)).status).toBe(409)
  expect((await post('+447700900199/answer')).status).toBe(404)
})

test('orders from another site are refused', async () => {
  const elsewhere = await post(`${PHONE}/text`, { body: 'hello' }, { Origin: 'https://evil.example.net' })
  expect(elsewhere.status).toBe(403)
  expect((await post('faults', { down: true }, { Origin: 'null' })).status).toBe(403)
  expect((await post(`${PHONE}/text`, { body: 'hello' }, { Origin: rig.url })).status).toBe(200)
  expect(rig.simulator.faults().down).toBe(false)
})

test('viewers are told the whole state first and then each phone that changes', async () => {
  const stop = new AbortController()
  const events = await fetch(`${rig.url}/phones/events`, { signal: stop.signal })
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
  const first = (await reader?.read())?.value ?? ''
  expect(first).toContain('event: state')
  expect(first).toContain('Ada Moreau')
  await post(`${PHONE}/text`, { body: 'Stuck in lift on floor 3' })
  expect((await reader?.read())?.value).toContain('Stuck in lift on floor 3')
  await post('crowd', { seed: 5 })
  let seen = ''
  while (!seen.includes('"crowd":5')) seen = (await reader?.read())?.value ?? '"crowd":5 never came'
  stop.abort()
})

test('faults come and go by the page, and nonsense is ignored', async () => {
  await post('faults', { down: 'yes', delayMs: -3, smsFailRate: 0.5, unknown: 1 })
  expect(rig.simulator.faults()).toMatchObject({ down: false, delayMs: 0, smsFailRate: 0.5 })
})
