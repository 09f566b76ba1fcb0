import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SECOND } from '../../src/domain/clock.ts'
import { openMailServers } from '../../src/platform/node/smtp-transport.ts'
import { type MailServer, refusal, startMailServer } from '../channels/smtp/mail-server.ts'
import { readFixture } from '../channels/smtp/read-fixture.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

const TOKEN = 'an-invented-token-of-30-letters'
const AMIRA = 'amira.ward@example.com'
const BEN = 'ben.holt@example.com'
const NOBODY = 'nobody@example.com'
const BEN_MOBILE = '+447700900102'
const PEOPLE = [
  'id,name,mobile,email,language',
  `A,Amira Ward,,${AMIRA},en`,
  `B,Ben Holt,${BEN_MOBILE},${BEN},fr`,
  `C,Carla Nobody,+447700900103,${NOBODY},en`,
].join('\n')

let server: MailServer
let rig: Rig
let refuse: (address: string) => string | null
const closers: (() => unknown)[] = []

beforeEach(async () => {
  refuse = () => null
  server = await startMailServer({
    onRcptTo({ address }, _session, callback) {
      const reply = refuse(address)
      callback(reply === null ? null : refusal(reply))
    },
  })
  const mailServers = openMailServers()
  const url = `smtp://127.0.0.1:${server.port}`
  rig = await startRig(':memory:', undefined, {
    carriers: [
      { name: 'mail', kind: 'smtp', channels: ['email'], url, from: 'alarm@example.org', callbackToken: TOKEN },
    ],
    openMail: mailServers.open,
  })
  closers.push(() => server.close(), mailServers.close, rig.close)
  expect((await rig.importPeople(PEOPLE)).status).toBe(200)
  const plan = [
    { after: 'PT0S', channels: ['email' as const] },
    { after: 'PT20S', channels: ['sms' as const] },
  ]
  await rig.saveTemplate({ plan, responses: TEMPLATE.responses })
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const of = async (id: string, name: string) => (await rig.recipients(id)).find((recipient) => recipient.name === name)
const mailTo = (address: string) => server.taken.findLast(({ to }) => to[0] === address)?.mail
const idOf = (address: string) => /^<(.+)@example\.org>$/.exec(mailTo(address)?.messageId ?? '')?.[1] ?? ''
const texts = (number: string) => rig.simulator.phones.get(number).texts.map(({ text }) => text)

/** A mail as a server brings it to the callback of the carrier. */
async function bring(raw: string, token = TOKEN): Promise<boolean> {
  const path = `/callbacks/mail/${token}/email`
  const headers = { 'content-type': 'message/rfc822' }
  const response = await rig.ask(path, { as: '', method: 'POST', body: raw, headers })
  await rig.advance(SECOND)
  return response.ok
}

async function raiseDrill() {
  const alert = await rig.raise()
  await rig.advance(2 * SECOND)
  expect((await rig.alert(alert.id)).counts).toMatchObject({ accepted: 3, acknowledged: 0 })
  return alert
}

describe('an alert by mail', () => {
  it('reaches everybody in their own language and is answered on the page, by POST alone', async () => {
    const { id, code } = await raiseDrill()
    expect(mailTo(AMIRA)?.subject).toBe(`DRILL - Harbour Watch: Flood at dock 3 (${code})`)
    expect(mailTo(BEN)?.subject).toContain('Inondation au quai 3')
    const link = new URL(/href="([^"]+)"/.exec(mailTo(AMIRA)?.html ?? '')?.[1] ?? '').pathname
    // A scanner of mails follows every link in it.
    for (let times = 0; times < 3; times++) expect((await rig.ask(link, { as: '' })).status).toBe(200)
    await rig.ask(link, { as: '', method: 'HEAD' })
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'accepted' })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await rig.ask(link, { as: '', method: 'POST', body: 'answer=yes', headers })).status).toBe(200)
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'link' })
  })

  it('is answered by a reply, once however often it comes, and the plan stops', async () => {
    const { id } = await raiseDrill()
    const reply = readFixture('reply-phone-fr', { id: idOf(BEN) }).replace(/\r\n\r\n.*$/s, '\r\n\r\nMQ==')
    for (let times = 0; times < 3; times++) expect(await bring(reply)).toBe(true)
    expect(await of(id, 'Ben Holt')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'email' })
    expect(await rig.deps.store.answers.of(id)).toHaveLength(1)
    await rig.advance(30 * SECOND)
    expect(texts(BEN_MOBILE)).toEqual([])
    expect((await rig.alert(id)).unclear).toBe(0)
  })

  it('is not answered by an absence notice, whatever it says', async () => {
    const { id } = await raiseDrill()
    for (const name of ['absence-by-subject-de', 'read-receipt', 'absence-marked']) {
      expect(await bring(readFixture(name, { id: idOf(BEN) }))).toBe(true)
    }
    expect(await of(id, 'Ben Holt')).toMatchObject({ rung: 'accepted' })
    expect(await rig.deps.store.records.setting('mails.automatic')).toBe('2')
    // The third says nothing but "1": a person decides what that is.
    expect(await rig.deps.store.answers.unclear(id)).toMatchObject([{ reason: 'automatic', name: 'Ben Holt' }])
    await rig.advance(20 * SECOND)
    expect(texts(BEN_MOBILE)).toHaveLength(1)
  })

  it('that comes back starts the next channel at once', async () => {
    const { id } = await raiseDrill()
    await bring(readFixture('bounce-no-mailbox', { id: idOf(NOBODY) }))
    await rig.advance(2 * SECOND)
    expect(texts('+447700900103')).toHaveLength(1)
    expect(texts(BEN_MOBILE)).toHaveLength(0)
    const [first] = (await of(id, 'Carla Nobody'))?.deliveries ?? []
    expect(first).toMatchObject({
      channel: 'email',
      state: 'failed',
      attempts: [{ error: 'the mail came back with status 5.1.1' }],
    })
  })

  it('that the server refuses for good starts the next channel at once', async () => {
    refuse = (address) => (address === NOBODY ? '550 5.1.1 No such user' : null)
    await rig.raise()
    await rig.advance(2 * SECOND)
    expect(texts('+447700900103')).toHaveLength(1)
    expect(mailTo(AMIRA)).toBeDefined()
  })

  it('keeps what it cannot read whole for a person, without the link that would answer', async () => {
    const { id } = await raiseDrill()
    await bring(readFixture('reply-unclear-en', { id: idOf(AMIRA) }))
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'accepted' })
    const [kept, ...more] = await rig.deps.store.answers.unclear(id)
    expect(more).toEqual([])
    expect(kept).toMatchObject({ name: 'Amira Ward', channel: 'email', from: 'dario.rossi@example.com' })
    expect(kept?.text).toContain('2 people are with me, stuck on floor 3')
    expect(kept?.text).toContain('/a/…')
    expect(kept?.text).not.toMatch(/\/a\/\w/)
    expect((await rig.alert(id)).unclear).toBe(1)
  })

  it('records an answer that says more and shows the words to a person', async () => {
    const { id } = await raiseDrill()
    const reply = readFixture('reply-unclear-en', { id: idOf(AMIRA) })
    await bring(reply.replace('2 people are with me, stuck on floor 3', 'Yes\r\n\r\nThe lift is stuck'))
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'email' })
    expect(await rig.deps.store.answers.unclear(id)).toMatchObject([{ reason: 'noted' }])
  })

  it('believes no claim of a sender: a stranger is read by a person, or not at all', async () => {
    const { id, code } = await raiseDrill()
    await bring(readFixture('stranger', { code }))
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'accepted' })
    expect(await rig.deps.store.answers.unclear(id)).toMatchObject([{ reason: 'unproven', name: null }])
    await bring(readFixture('stranger', { code: '0000' }))
    const forged = idOf(AMIRA).replace(/.{4}$/, '0000')
    await bring(readFixture('reply-web-en', { id: forged }).replaceAll('4821', ''))
    expect(await rig.deps.store.records.setting('mails.ignored')).toBe('2')
    expect(await rig.deps.store.answers.unclear(id)).toHaveLength(1)
    expect(await bring(readFixture('reply-web-en', { id: idOf(AMIRA) }), 'another-token-of-30-characters')).toBe(false)
    expect((await rig.alert(id)).counts.acknowledged).toBe(0)
  })

  it('stops at STOP for that person and carrier, and the next channel starts at once', async () => {
    const { id } = await raiseDrill()
    const reply = readFixture('reply-unclear-en', { id: idOf(BEN) })
    await bring(reply.replace('2 people are with me, stuck on floor 3', 'STOP'))
    await rig.advance(2 * SECOND)
    expect(texts(BEN_MOBILE)).toHaveLength(1)
    expect(await of(id, 'Ben Holt')).not.toMatchObject({ rung: 'acknowledged' })
  })

  it('is ended by mail, and an answer after the end is kept and moves nobody', async () => {
    const { id } = await raiseDrill()
    const answered = idOf(AMIRA)
    await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
    await rig.advance(2 * SECOND)
    expect(mailTo(AMIRA)?.subject).toContain('ALL CLEAR')
    await bring(readFixture('reply-web-en', { id: answered }))
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'accepted' })
    expect(await rig.deps.store.answers.of(id)).toMatchObject([{ response: 'yes', channel: 'email' }])
  })
})
