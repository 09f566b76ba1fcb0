import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { TimelineEntry } from '../../src/contract/alerts.ts'
import type { PersonView } from '../../src/contract/people.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { createPushKeys, toBase64Url } from '../../src/simulator/decrypt-push.ts'
import { type Rig, startRig } from '../harness/rig.ts'

interface PushAnswer {
  status?: number
  body?: string
  retry_after?: string
  network?: string
  expected: string
}
const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/cases', name), 'utf8')

let rig: Rig
afterEach(() => rig.close())

const items = async <Item>(path: string) => ((await (await rig.ask(path)).json()) as { items: Item[] }).items
const timeline = async (id: string) =>
  (await items<TimelineEntry>(`/api/v1/alerts/${id}/timeline?limit=500`)).map(({ text }) => text)
const of = async (id: string, name: string) => (await rig.recipients(id)).find((recipient) => recipient.name === name)

describe('a call that no person takes (reported failure 26)', () => {
  it('is no answer when a voicemail has it, and a text and a second call follow', async () => {
    rig = await startRig()
    const phone = '+447700900995'
    await rig.importPeople(`id,name,mobile\nA,Amira Ward,${phone}`)
    rig.simulator.phones.set(phone, { behaviour: 'voicemail' })
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['voice'] },
        { after: 'PT1M', channels: ['sms'] },
      ],
    })
    const { id } = await rig.raise()
    await rig.advance(50 * SECOND)
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'accepted' })
    await rig.advance(4 * MINUTE)
    const channels = (await of(id, 'Amira Ward'))?.deliveries.map(({ channel }) => channel) ?? []
    expect(channels.filter((channel) => channel === 'voice')).toHaveLength(2)
    expect(channels).toContain('sms')
    expect((await rig.alert(id)).counts).toMatchObject({ heard: 0, acknowledged: 0 })
  })

  it('is no answer when somebody picks up, says nothing and hangs up', async () => {
    rig = await startRig()
    await rig.importPeople('id,name,mobile\nA,Amira Ward,+447700900101')
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['voice'] }] })
    const { id } = await rig.raise()
    await rig.advance(2 * SECOND)
    expect(rig.simulator.phones.answer('+447700900101')).toBe(true)
    await rig.advance(4 * SECOND)
    expect(rig.simulator.phones.hangUp('+447700900101')).toBe(true)
    await rig.advance(2 * SECOND)
    expect((await rig.alert(id)).counts).toMatchObject({ heard: 0, acknowledged: 0 })
  })
})

describe('what a push service answers, and what the person behind it gets instead (reported failure 29)', () => {
  const reported: PushAnswer[] = JSON.parse(fixture('case-29-push-responses.json'))
  const more: PushAnswer[] = [
    { status: 401, body: 'public key mismatch', expected: 'retire and ask to subscribe again' },
    { status: 400, body: '{"errno":104}', expected: 'shrink and send once more' },
    { status: 503, retry_after: '20', expected: 'keep, bounded retry' },
  ]
  const GONE = /^(delete|retire)/

  it('no dead browser keeps a text from anybody, and no passing fault costs a browser', async () => {
    const answers = [...reported, ...more]
    const pushes = new Map<string, number>()
    rig = await startRig(':memory:', undefined, {
      intercept({ url }) {
        const { hostname, pathname } = new URL(url)
        if (hostname !== 'push.example.org') return null
        pushes.set(pathname, (pushes.get(pathname) ?? 0) + 1)
        const answer = answers[Number(pathname.slice(1))]
        if (answer?.network) throw new TypeError('fetch failed', { cause: answer.network })
        const headers = answer?.retry_after ? { 'Retry-After': answer.retry_after } : {}
        return new Response(answer?.body ?? null, { status: answer?.status ?? 500, headers })
      },
    })
    const numberOf = (index: number) => `+4477009001${String(index).padStart(2, '0')}`
    const rows = answers.map((_, index) => `P${index},Person ${index},${numberOf(index)}`)
    await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
    const { publicKey, auth } = await createPushKeys('one', null)
    const keys = { p256dh: toBase64Url(publicKey), auth: toBase64Url(auth) }
    for (const { id, name } of await rig.deps.store.people.all()) {
      const endpoint = `https://push.example.org/${name.slice('Person '.length)}`
      const point = {
        kind: 'push',
        address: JSON.stringify({ endpoint, keys }),
        extension: null,
        label: 'Phone',
      } as const
      await rig.deps.store.commit([
        rig.deps.store.people.saveContactPoint(id, {
          ...point,
          ...{ id: rig.deps.newId(), position: 0, status: 'verified', marks: [], lastProofAt: null },
        }),
      ])
    }
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['push'] },
        { after: 'PT40S', channels: ['sms'] },
      ],
    })
    const { id } = await rig.raise()
    await rig.advance(2 * SECOND)
    const texts = () => answers.map((_, index) => rig.simulator.phones.get(numberOf(index)).texts.length)
    const early = texts()
    const recipients = await rig.recipients(id)
    for (const [index, { expected }] of answers.entries()) {
      if (GONE.test(expected)) expect([index, expected, early[index]]).toEqual([index, expected, 1])
      if (expected.startsWith('accepted')) {
        expect(early[index]).toBe(0)
        expect(recipients.find(({ name }) => name === `Person ${index}`)?.rung).toBe('accepted')
      }
      if (expected.startsWith('shrink')) expect(pushes.get(`/${index}`)).toBe(2)
    }
    await rig.advance(50 * SECOND)
    expect(texts()).toEqual(answers.map(() => 1))
    const people = await items<PersonView>('/api/v1/people?limit=500')
    for (const [index, { expected }] of answers.entries()) {
      const points = people.find(({ name }) => name === `Person ${index}`)?.contactPoints ?? []
      const live = points.some(({ kind, status }) => kind === 'push' && status !== 'gone')
      expect([index, expected, live]).toEqual([index, expected, !GONE.test(expected)])
      const asked = pushes.get(`/${index}`) ?? 0
      if (GONE.test(expected)) expect([index, asked]).toEqual([index, 1])
      if (expected.includes('retry') && expected.startsWith('keep')) expect(asked).toBeGreaterThan(1)
      expect(asked).toBeLessThan(10)
    }
  })
})

describe('a step that reaches nobody (reported failure 40)', () => {
  it.each(['cascade', 'relay'] as const)(
    'is passed within seconds, said so, and the name stays in the report: %s',
    async (strategy) => {
      rig = await startRig()
      const people = [
        'id,name,mobile,reports to',
        'A,Amira Ward,+447700900101,',
        'B,Bo Stopped,+447700900102,A',
        'C,Ben Holt,+447700900103,B',
      ]
      await rig.importPeople(people.join('\n'))
      await rig.deps.store.commit([rig.deps.store.people.optOut('+447700900102', 'first/sms', rig.clock.now())])
      await rig.saveTemplate({
        strategy,
        hold: 'PT15M',
        cardTime: 'PT15M',
        plan: [{ after: 'PT0S', channels: ['sms'] }],
      })
      const { id } = await rig.raise()
      const amira = (await items<PersonView>('/api/v1/people')).find(({ name }) => name === 'Amira Ward')
      expect((await rig.ask(`/api/v1/people/${amira?.id}`, { method: 'DELETE' })).status).toBe(204)
      await rig.advance(5 * SECOND)
      expect(rig.simulator.phones.get('+447700900103').texts).toHaveLength(1)
      const said = await timeline(id)
      expect(said.join('\n')).toContain('Bo Stopped')
      expect(said.join('\n')).toMatch(/cannot be reached|no contact point|could not be contacted/)
      expect(await (await rig.ask(`/api/v1/reports/${id}.csv`)).text()).toContain('Amira Ward')
    },
  )

  it('of a plan starts the next one at once, not after its time', async () => {
    rig = await startRig()
    await rig.importPeople('id,name,mobile\nA,Amira Ward,+447700900101')
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['push'] },
        { after: 'PT15M', channels: ['sms'] },
      ],
    })
    const { id } = await rig.raise()
    await rig.advance(3 * SECOND)
    expect(rig.simulator.phones.get('+447700900101').texts).toHaveLength(1)
    expect((await timeline(id)).join('\n')).toContain('passed at once')
  })
})
