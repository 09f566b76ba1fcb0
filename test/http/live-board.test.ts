import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEventReader } from '../../pwa/api/event-stream.ts'
import type { AlertView } from '../../src/contract/alerts.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { ORIGIN, type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
let alert: AlertView
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople('name,mobile\nAmira Ward,+447700900101')
  await rig.saveTemplate()
  alert = await rig.raise()
})
afterEach(() => rig.close())

/** Time goes by, and nothing is sent. */
const pass = (ms: number) => rig.clock.advance(ms, async () => {})

/** Follows the board, and keeps every event that came. */
async function watch(headers: Record<string, string>) {
  const response = await rig.ask(`/api/v1/alerts/${alert.id}/events`, { as: '', headers })
  expect(response.status).toBe(200)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('no stream')
  const events: { name: string; data: string }[] = []
  const read = createEventReader()
  const ended = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) events.push(...read(part.value))
  })()
  await vi.waitFor(() => expect(events.length).toBeGreaterThan(0), { interval: 5 })
  return { events, ended, leave: () => reader.cancel() }
}

async function newKey(): Promise<{ id: string; secret: string }> {
  const as = await rig.key('administrator')
  const json = { name: 'wall display', role: 'risk_manager' }
  return (await (await rig.ask('/api/v1/keys', { method: 'POST', as, json })).json()) as { id: string; secret: string }
}

const END = { name: 'end', data: JSON.stringify({ ended: 'access' }) }

describe('a live board on a screen', () => {
  it('tells nothing more once its key has been revoked, and says that it has ended', async () => {
    const { id, secret } = await newKey()
    const { events, ended } = await watch({ authorization: `Bearer ${secret}` })
    const before = events.length
    await rig.ask(`/api/v1/keys/${id}`, { method: 'DELETE', as: await rig.key('administrator') })
    await rig.advance(5 * SECOND)
    await ended
    expect(events.slice(before)).toEqual([END])
  })

  it('ends with the session of its viewer, also when nothing happens', async () => {
    const json = { name: 'Ben Holt', role: 'risk_manager' }
    const as = await rig.key('administrator')
    const invited = await rig.ask('/api/v1/accounts/invitations', { method: 'POST', as, json })
    const token = ((await invited.json()) as { link: string }).link.split('#')[1]
    const entered = await rig.ask('/api/v1/session', { method: 'POST', as: '', json: { token } })
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { events, ended } = await watch({ cookie, origin: ORIGIN })
    await pass(12 * HOUR)
    await ended
    expect(events.at(-1)).toEqual(END)
  })

  it('goes on while its alert is open, and ends when nothing has happened for a while after the end of the alert', async () => {
    const { secret } = await newKey()
    const { events, ended } = await watch({ authorization: `Bearer ${secret}` })
    await pass(HOUR)
    await vi.waitFor(() => expect(events.filter(({ name }) => name === 'board').length).toBeGreaterThan(1), {
      interval: 5,
    })
    await rig.ask(`/api/v1/alerts/${alert.id}/close`, { method: 'POST' })
    await vi.waitFor(() => expect(events.at(-1)?.data).toContain('"state":"closed"'), { interval: 5 })
    await pass(10 * MINUTE)
    await ended
    expect(events.at(-1)).toEqual({ name: 'end', data: JSON.stringify({ ended: 'alert' }) })
  })
})
