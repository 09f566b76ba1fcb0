import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sign } from '../../src/channels/webhook/signature.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { readCarriers } from '../../src/platform/config.ts'
import { openGuardedPosts } from '../../src/platform/node/guarded-post.ts'
import { SECRET, startGateway } from '../channels/webhook/gateway.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

let gateway: Awaited<ReturnType<typeof startGateway>>
let rig: Rig
let number = 0
const closers: (() => unknown)[] = []
const BEN_MOBILE = '+447700900102'

beforeEach(async () => {
  gateway = await startGateway()
  const posts = openGuardedPosts()
  const carriers = [
    { name: 'sat', kind: 'webhook', channels: ['webhook'], secret: SECRET, allowedTargets: ['127.0.0.1'] },
  ]
  rig = await startRig(':memory:', undefined, {
    carriers: readCarriers(JSON.stringify({ carriers }), {}),
    openPost: posts.open,
  })
  closers.push(() => gateway.stop(), posts.close, rig.close)
  const people = [
    'id,name,webhook,mobile',
    `A,Amira Ward,${gateway.url}?terminal=a,`,
    `B,Ben Holt,${gateway.url}?terminal=b,${BEN_MOBILE}`,
    `C,Carla Lang,https://10.0.0.1/,+447700900103`,
  ]
  expect((await rig.importPeople(people.join('\n'))).status).toBe(200)
  await rig.saveTemplate({
    plan: [
      { after: 'PT0S', channels: ['webhook'] },
      { after: 'PT5M', channels: ['sms'] },
    ],
    responses: TEMPLATE.responses,
  })
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const of = async (id: string, name: string) => (await rig.recipients(id)).find((recipient) => recipient.name === name)
const texts = (phone: string) => rig.simulator.phones.get(phone).texts.map(({ text }) => text)
const sentTo = (terminal: string) => {
  const found = gateway.taken.findLast(({ url }) => url.endsWith(`terminal=${terminal}`))
  return JSON.parse(found?.body ?? '{}').data
}

/** A callback of the gateway; signed with the right secret at the time of the service, or as told. */
async function bring(
  type: string,
  data: object,
  { at = rig.clock.now(), id = `gw-${++number}`, secret = SECRET } = {},
) {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
  const headers = { ...sign(secret, id, body, at), 'content-type': 'application/json' }
  const response = await rig.ask('/callbacks/sat/status', { as: '', method: 'POST', body, headers })
  await rig.advance(SECOND)
  return response.status
}

async function raise() {
  const { id, code } = await rig.raise()
  await rig.advance(2 * SECOND)
  expect(gateway.taken).toHaveLength(2)
  return { id, code }
}

describe('an alert to a satellite or radio gateway', () => {
  it('arrives signed, is reported as delivered, and is answered once however often the answer comes', async () => {
    const { id, code } = await raise()
    expect(sentTo('a').text).toMatch(/^DRILL - Harbour Watch: Flood at dock 3\n/)
    expect(await bring('message.delivered', { id: sentTo('a').id })).toBe(204)
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'delivered' })
    const answer = { id: sentTo('a').id, text: `1 ${code}` }
    for (let times = 0; times < 3; times++)
      expect(await bring('message.answered', answer, { id: 'gw-answer' })).toBe(204)
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'webhook' })
    expect(await rig.deps.store.answers.of(id)).toHaveLength(1)
    // Brought once more after it was proven, a report moves nothing.
    expect(await bring('message.delivered', { id: sentTo('a').id })).toBe(204)
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'acknowledged' })
  })

  it('that the gateway could not deliver starts the next channel at once', async () => {
    await raise()
    await bring('message.failed', { id: sentTo('b').id, reason: 'terminal is off the net', permanent: true })
    await rig.advance(SECOND)
    expect(texts(BEN_MOBILE)).toHaveLength(1)
  })

  it('never leaves for an address in our own network, and the next channel starts at once', async () => {
    const { id } = await raise()
    await rig.advance(2 * SECOND)
    expect(texts('+447700900103')).toHaveLength(1)
    const [first] = (await of(id, 'Carla Lang'))?.deliveries ?? []
    expect(first).toMatchObject({ channel: 'webhook', state: 'failed' })
    expect(texts(BEN_MOBILE)).toEqual([])
  })

  it('is answered in other words only by a person who reads them', async () => {
    const { id } = await raise()
    await bring('message.answered', { id: sentTo('a').id, text: 'Is this about dock 3 or dock 4?' })
    expect(await of(id, 'Amira Ward')).not.toMatchObject({ rung: 'acknowledged' })
    expect(await rig.deps.store.answers.unclear(id)).toMatchObject([{ channel: 'webhook', name: 'Amira Ward' }])
  })

  it('believes nobody who cannot sign, and no callback that is kept and brought later', async () => {
    const { id, code } = await raise()
    const answer = { id: sentTo('a').id, text: `1 ${code}` }
    const other = 'whsec_HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
    expect(await bring('message.answered', answer, { secret: other })).toBe(403)
    expect(await bring('message.answered', answer, { at: rig.clock.now() - 6 * MINUTE })).toBe(403)
    // Our own message, sent back as it came, is none.
    const [ours] = gateway.taken
    const headers = new Headers()
    for (const [name, value] of Object.entries(ours?.headers ?? {})) {
      if (name.startsWith('webhook-')) headers.set(name, String(value))
    }
    const back = await rig.ask('/callbacks/sat/status', { as: '', method: 'POST', body: ours?.body ?? '', headers })
    expect(back.status).toBe(400)
    expect(await of(id, 'Amira Ward')).not.toMatchObject({ rung: 'acknowledged' })
  })
})

describe('a person’s address of a gateway', () => {
  const save = (address: string) =>
    rig.ask('/api/v1/people', {
      method: 'POST',
      json: { name: 'Dario Rossi', contactPoints: [{ kind: 'webhook', address }] },
    })

  it('is saved when something may be sent there, and refused with a reason when not', async () => {
    const saved = await save('https://gateway.example.org/terminal/9')
    expect(saved.status).toBe(201)
    expect(await saved.json()).toMatchObject({
      contactPoints: [{ kind: 'webhook', address: 'https://gateway.example.org/terminal/9' }],
    })
    for (const [address, code] of [
      ['https://10.0.0.1/', 'webhook.target_not_allowed'],
      ['http://gateway.example.org/', 'webhook.target_not_allowed'],
      ['https://2130706433/', undefined],
      ['gateway.example.org', 'webhook.malformed'],
      ['https://me:word@gateway.example.org/', 'webhook.malformed'],
      ['javascript:alert(1)', 'webhook.malformed'],
    ] as const) {
      const refused = await save(address)
      if (code === undefined) continue
      expect(refused.status).toBe(422)
      expect(await refused.json()).toMatchObject({ code, field: 'contactPoints.0.address' })
    }
  })

  it('is in the export, which imports back as it is', async () => {
    const csv = await (await rig.ask('/api/v1/people/export.csv')).text()
    expect(csv).toContain(`${gateway.url}?terminal=a`)
    const again = await rig.ask('/api/v1/people/imports?mode=preview', {
      method: 'POST',
      body: csv,
      headers: { 'content-type': 'text/csv' },
    })
    expect(await again.json()).toMatchObject({ unchanged: 3, created: 0, changed: 0, refused: 0 })
  })
})
