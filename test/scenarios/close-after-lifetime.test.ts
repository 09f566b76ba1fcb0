import { afterEach, beforeEach, expect, it } from 'vitest'
import { HOUR, SECOND } from '../../src/domain/clock.ts'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople('name,mobile\nAmira Ward,+447700900101')
  await rig.saveTemplate({ lifetime: 'PT1H' })
})
afterEach(() => rig.close())

it('lets a commander give the all-clear, once, for an alert whose lifetime has ended', async () => {
  const { id } = await rig.raise()
  await rig.advance(10 * SECOND)
  await rig.clock.advance(HOUR, async () => {})
  await rig.advance(10 * SECOND)
  expect((await rig.alert(id)).state).toBe('expired')
  const closed = await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
  const endedAt = new Date(rig.clock.now()).toISOString()
  expect(await closed.json()).toMatchObject({ state: 'closed', closedAt: endedAt })
  await rig.advance(10 * SECOND)
  await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
  await rig.advance(10 * SECOND)
  expect(await rig.alert(id)).toMatchObject({ state: 'closed', closedAt: endedAt })
  const [amira] = await rig.recipients(id)
  const clear = amira?.deliveries.filter(({ purpose }) => purpose === 'all_clear')
  expect(clear?.length).toBeGreaterThan(0)
  expect(clear?.every(({ state }) => ['accepted', 'delivered'].includes(state))).toBe(true)
  const timeline = await rig.ask(`/api/v1/alerts/${id}/timeline`)
  const { items } = (await timeline.json()) as { items: { kind: string }[] }
  expect(items.map(({ kind }) => kind).filter((kind) => ['raised', 'expired', 'closed'].includes(kind))).toEqual([
    'raised',
    'expired',
    'closed',
  ])
})
