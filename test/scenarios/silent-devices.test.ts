import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { savePushDevice } from '../../src/application/people/save-push-device.ts'
import { tendChecks } from '../../src/application/reach/tend-checks.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { DAY, SECOND } from '../../src/domain/clock.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const ANA = '+447700900101'

let rig: Rig
let owner: Actor
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople(`name,mobile\nAna Ward,${ANA}`)
  const [ana] = await rig.deps.store.people.all()
  owner = { kind: 'account', id: 'a1', name: 'Ana Ward', role: 'responder', personId: ana?.id ?? null }
  await renew()
  await rig.saveTemplate({
    plan: [
      { after: 'PT0S', channels: ['push'] },
      { after: 'PT5M', channels: ['sms'] },
    ],
  })
})
afterEach(() => {
  vi.useRealTimers()
  rig.close()
})

/** What the app does at each start. */
const renew = async () => {
  const { endpoint, keys } = await rig.simulator.phones.subscribe(ANA)
  await savePushDevice(rig.deps, owner, { endpoint, keys, device: 'Phone' })
}
const device = async () => {
  const [ana] = await rig.deps.store.people.all()
  return ana?.contactPoints.find(({ kind }) => kind === 'push')
}
const wait = async (days: number) => {
  await rig.clock.advance(days * DAY, async () => {})
  // What signs pushes reads the time itself.
  vi.useFakeTimers({ toFake: ['Date'], now: rig.clock.now() })
  await tendChecks(rig.deps)
}
const phone = () => rig.simulator.phones.get(ANA)

describe('a device that gets pushes', () => {
  it('is proven by the answer that was tapped on it, and by nothing that it shows', async () => {
    await rig.raise()
    await rig.advance(5 * SECOND)
    expect(await device()).toMatchObject({ lastProofAt: null })
    rig.simulator.phones.tap(ANA, 'yes')
    await rig.simulator.settle()
    expect(await device()).toMatchObject({ status: 'verified', lastProofAt: expect.any(Number) })
  })

  it('that went silent sends its owner’s alert to the phone at once, until it is seen again', async () => {
    await wait(60)
    expect(await device()).toMatchObject({ status: 'failing' })
    await rig.raise()
    await rig.advance(5 * SECOND)
    expect(phone().texts.map(({ text }) => text)).toEqual([expect.stringMatching(/^DRILL - Harbour Watch/)])
    await renew()
    expect(await device()).toMatchObject({ status: 'verified' })
  })

  it('is not silent as long as it shows what comes, or its app is opened', async () => {
    await wait(40)
    await renew()
    await wait(40)
    await rig.raise()
    await rig.advance(5 * SECOND)
    await wait(40)
    expect(await device()).toMatchObject({ status: 'verified' })
    expect(phone().notifications.length).toBeGreaterThan(0)
  })

  it('that went silent is tried all the same where its owner has nothing else', async () => {
    const [ana] = await rig.deps.store.people.all()
    await rig.ask(`/api/v1/people/${ana?.id}`, { method: 'PATCH', json: { contactPoints: [] } })
    await wait(60)
    await rig.raise()
    await rig.advance(5 * SECOND)
    expect(phone().notifications).toHaveLength(1)
  })
})
