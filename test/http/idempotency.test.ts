import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../src/domain/access/role.ts'
import { ROUTES } from '../../src/http/create-app.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople('id,name,mobile\nA,Amira Ward,+447700900101')
  await rig.saveTemplate()
})
afterEach(() => rig.close())

interface Creation {
  role: Role
  /** What the audit log calls it. */
  act: string
  /** A request, and another one that is as good. */
  bodies: () => Promise<[string, string]>
  path?: () => Promise<string>
  /** What the repetition answers where a secret is shown once. */
  again?: string
}

const json =
  (...bodies: [unknown, unknown]) =>
  async (): Promise<[string, string]> => [JSON.stringify(bodies[0]), JSON.stringify(bodies[1])]
const named = (body: object) => json({ name: 'One', ...body }, { name: 'Two', ...body })
const FILES: [string, string] = ['name,mobile\nBen Holt,+447700900102', 'name,mobile\nCarla Voss,+447700900103']
const preview = async () => {
  const made = await rig.ask('/api/v1/people/imports?mode=preview', { method: 'POST', body: FILES[0] })
  return `/api/v1/people/imports/${((await made.json()) as { id: string }).id}/apply`
}

const acknowledge = async () => {
  const { id } = await rig.raise()
  const [amira] = await rig.recipients(id)
  return `/api/v1/alerts/${id}/recipients/${amira?.id}/acknowledge`
}

const CREATING: Record<string, Creation> = {
  '/api/v1/accounts/invitations': {
    role: 'administrator',
    act: 'account.invite',
    bodies: named({ role: 'responder' }),
    again: 'invitation.shown_once',
  },
  '/api/v1/keys': {
    role: 'administrator',
    act: 'key.create',
    bodies: named({ role: 'responder' }),
    again: 'key.shown_once',
  },
  '/api/v1/people': { role: 'commander', act: 'person.create', bodies: named({}) },
  '/api/v1/people/imports': {
    role: 'commander',
    act: 'people.import',
    path: async () => '/api/v1/people/imports?mode=apply',
    bodies: async () => FILES,
  },
  '/api/v1/people/imports/:id/apply': {
    role: 'commander',
    act: 'people.import',
    path: preview,
    bodies: async () => ['', ' '],
  },
  '/api/v1/trees': {
    role: 'commander',
    act: 'tree.save',
    bodies: named({ nodes: [{ person: 'A' }] }),
  },
  '/api/v1/templates': {
    role: 'commander',
    act: 'template.save',
    bodies: json({ ...TEMPLATE, name: 'One' }, { ...TEMPLATE, name: 'Two' }),
  },
  '/api/v1/alerts': {
    role: 'commander',
    act: 'alert.raise',
    bodies: json(
      { template: 'Flood', trees: ['Everyone'], kind: 'drill' },
      { template: 'Flood', trees: ['Everyone'], kind: 'live' },
    ),
  },
  '/api/v1/alerts/:id/update': {
    role: 'commander',
    act: 'alert.update',
    path: async () => `/api/v1/alerts/${(await rig.raise()).id}/update`,
    bodies: json({ text: { body: 'Meet at the pier.' } }, { text: { body: 'Meet at the gate.' } }),
  },
  '/api/v1/alerts/:id/recipients': {
    role: 'commander',
    act: 'alert.add',
    async path() {
      await rig.importPeople('name,mobile\nLuca Weber,+447700900160', 'Later')
      await rig.importPeople('name,mobile\nMina Diaz,+447700900161', 'Last')
      return `/api/v1/alerts/${(await rig.raise()).id}/recipients`
    },
    bodies: json({ trees: ['Later'] }, { trees: ['Last'] }),
  },
  '/api/v1/alerts/:id/recipients/:recipient/acknowledge': {
    role: 'commander',
    act: 'answer.record',
    path: acknowledge,
    bodies: json({ response: 'yes' }, { response: 'no' }),
  },
}

/** Why nothing is made twice there, whatever the key. */
const OTHERS: Record<string, string> = {
  '/api/v1/session': 'a link opens one session',
  '/api/v1/alerts/preflight': 'nothing is made',
  '/api/v1/alerts/:id/close': 'an alert ends once',
  '/api/v1/alerts/:id/cancel': 'an alert ends once',
  '/api/v1/alerts/:id/extend': 'it ends then already',
  '/api/v1/alerts/:id/correct': 'an alert ends once',
  '/api/v1/alerts/:id/unclear/:message/settle': 'an answer is settled once',
  '/api/v1/my/alerts/:id/answer': 'an answer, tested with the answers',
  '/api/v1/my/alerts/:id/opened': 'a rung only grows',
  '/api/v1/my/words/renew': 'a series is void once',
  '/api/v1/my/push-subscription': 'a device is known by its endpoint',
  '/a/:token': 'an answer, tested with the answers',
  '/a/:token/marks': 'the same mark twice counts once, tested with the cards',
  '/api/v1/my/cards/:card/marks': 'the same mark twice counts once, tested with the cards',
  '/a/:token/shown': 'a rung only grows',
  '/api/v1/checks': 'a contact point is asked once at a time, tested with the checks',
  '/api/v1/contact-points/:id/check': 'a contact point is asked once at a time, tested with the checks',
  '/api/v1/history/return': 'all is as it was then already, tested with the history',
  '/api/v1/people/:id/details-link': 'its answer is a secret, which is not kept to be told again',
  '/api/v1/people/:id/restore': 'what comes back is the same',
  '/api/v1/people/removals/confirm': 'a removal is decided once, tested with the directory',
  '/api/v1/people/removals/reject': 'a removal is decided once, tested with the directory',
  '/api/v1/trees/:id/edits': 'a version is followed once, tested with the history',
  '/api/v1/trees/:id/restore': 'what comes back is the same',
  '/c/:token': 'a proof is one however often it is given, tested with the checks',
  '/d/:token': 'details are the same however often they are saved',
  '/scim/v2/Groups': 'a name is taken once, tested with the directory',
  '/scim/v2/Users': 'a name is taken once, tested with the directory',
}

describe('a request that is sent again because nobody knows whether it arrived', () => {
  it('is one of these, for every POST that people and machines may send', () => {
    const posts = ROUTES.filter(
      ({ method, rule }) => method === 'POST' && rule !== 'signature' && rule !== 'token',
    ).map(({ path }) => path)
    expect(posts.toSorted()).toEqual([...Object.keys(CREATING), ...Object.keys(OTHERS)].toSorted())
  })

  for (const [route, { role, act, bodies, path, again }] of Object.entries(CREATING)) {
    const start = async () => {
      const [body, another] = await bodies()
      const address = path ? await path() : route
      const acts = async () =>
        (await rig.deps.store.records.auditEntries({ cursor: null, limit: 100 })).items.filter((one) => one.act === act)
      const before = (await acts()).length
      const send = (as: string, content: string) =>
        rig.ask(address, { method: 'POST', as, body: content, headers: { 'idempotency-key': 'tap' } })
      return { body, another, send, made: async () => (await acts()).length - before }
    }

    it(`makes one thing at ${route}, and answers the same both times`, async () => {
      const { body, send, made } = await start()
      const key = await rig.key(role)
      const answers = [await send(key, body), await send(key, body)]
      const [first, second] = await Promise.all(
        answers.map(async (answer) => (await answer.json()) as { code?: string }),
      )
      expect(answers[0]?.ok).toBe(true)
      expect(await made()).toBe(1)
      if (again) expect(second?.code).toBe(again)
      else expect(second).toEqual(first)
    })

    it(`makes one thing at ${route} when both arrive at once`, async () => {
      const { body, send, made } = await start()
      const key = await rig.key(role)
      const answers = await Promise.all([send(key, body), send(key, body)])
      expect(answers.every(({ status }) => status < 300 || status === 409)).toBe(true)
      expect(await made()).toBe(1)
    })

    it(`is refused at ${route} when it is another request under the same key`, async () => {
      const { body, another, send, made } = await start()
      const key = await rig.key(role)
      await send(key, body)
      const refused = await send(key, another)
      expect([refused.status, await refused.json()]).toEqual([
        422,
        expect.objectContaining({ code: 'idempotency.mismatch', field: 'Idempotency-Key' }),
      ])
      expect(await made()).toBe(1)
    })

    it(`is somebody else's own request at ${route} when they use the same key`, async () => {
      const { body, another, send, made } = await start()
      await send(await rig.key(role), body)
      const other = await send(await rig.key(role), another)
      // A preview can be applied once, by whoever it is.
      const applied = route.endsWith('/apply')
      expect(other.status).toBe(applied ? 409 : other.ok ? other.status : 201)
      expect(await made()).toBe(applied ? 1 : 2)
    })
  }
})
