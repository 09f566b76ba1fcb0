import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { savePushDevice } from '../../src/application/people/save-push-device.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { createPushKeys, toBase64Url } from '../../src/simulator/decrypt-push.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const keysOf = async () => {
  const { publicKey, auth } = await createPushKeys('one', null)
  return { p256dh: toBase64Url(publicKey), auth: toBase64Url(auth) }
}

let rig: Rig
let responder: Actor
let keys: Awaited<ReturnType<typeof keysOf>>
beforeEach(async () => {
  rig = await startRig()
  keys = await keysOf()
  await rig.importPeople('name,mobile\nAmira Ward,+447700900101')
  const [amira] = await rig.deps.store.people.all()
  responder = { kind: 'account', id: 'a1', name: 'Amira Ward', role: 'responder', personId: amira?.id ?? null }
})
afterEach(() => rig.close())

const save = async (endpoint: string, change: { keys?: typeof keys } = {}) => {
  await rig.clock.advance(1, async () => {})
  return savePushDevice(rig.deps, responder, { endpoint, keys, device: 'Phone', ...change })
}
const devices = async () => {
  const [amira] = await rig.deps.store.people.all()
  return (amira?.contactPoints ?? []).filter(({ kind }) => kind === 'push')
}
const endpoints = async () =>
  (await devices()).map(({ address }) => (JSON.parse(address) as { endpoint: string }).endpoint)

describe('a browser that wants to be alerted', () => {
  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/push',
    'https://push.local/1',
    'https://push.example.org:8443/1',
  ])('is told at once when nothing can ever be sent to it (%s), and is not kept', async (endpoint) => {
    await expect(save(endpoint)).rejects.toMatchObject({ code: 'push.endpoint_not_allowed', field: 'endpoint' })
    expect(await devices()).toEqual([])
  })

  it('is told when its keys cannot work', async () => {
    const broken = { p256dh: '!'.repeat(87), auth: keys.auth }
    await expect(save('https://push.example.org/1', { keys: broken })).rejects.toMatchObject({ field: 'keys' })
    expect(await devices()).toEqual([])
  })

  it('is one of at most ten: the oldest that has proven nothing makes room', async () => {
    for (let number = 1; number <= 12; number++) await save(`https://push.example.org/${number}`)
    expect((await endpoints()).sort()).toEqual(
      Array.from({ length: 10 }, (_, index) => `https://push.example.org/${index + 3}`).sort(),
    )
    const oldest = (await devices()).find(({ address }) => address.includes('org/3"'))
    if (!oldest) throw new Error('no device')
    await rig.deps.store.commit([
      { sql: 'update contact_points set last_proof_at = ? where id = ?', params: [rig.clock.now(), oldest.id] },
    ])
    await save('https://push.example.org/13')
    expect(await endpoints()).toContain('https://push.example.org/3')
    expect(await endpoints()).not.toContain('https://push.example.org/4')
  })

  it('that subscribes again is one device still', async () => {
    await save('https://push.example.org/1')
    await save('https://push.example.org/1', { keys: await keysOf() })
    expect(await devices()).toHaveLength(1)
  })
})
