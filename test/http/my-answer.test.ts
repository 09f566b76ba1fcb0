import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { invite } from '../../src/application/access/sign-in.ts'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
let alert: string
let people: Map<string, string>
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople('id,name,mobile\nA,Amira Ward,+447700900101\nB,Ben Holt,+447700900102')
  await rig.saveTemplate()
  alert = (await rig.raise()).id
  people = new Map((await rig.deps.store.people.all()).map(({ externalId, id }) => [externalId ?? '', id]))
})
afterEach(() => rig.close())

async function signIn(person: string | undefined): Promise<string> {
  const body = { name: 'Somebody', role: 'responder' as const, ...(person === undefined ? {} : { person }) }
  const { link } = await invite(rig.deps, { kind: 'host' }, body)
  const entered = await rig.ask('/api/v1/session', { method: 'POST', as: '', json: { token: link.split('#')[1] } })
  return entered.headers.get('set-cookie')?.split(';')[0] ?? ''
}
const answer = (cookie: string, json: unknown) =>
  rig.ask(`/api/v1/my/alerts/${alert}/answer`, { method: 'POST', as: '', headers: { cookie }, json })

describe('an answer that the app had to keep', () => {
  it('counts for the moment of the tap, not for the moment at which the network was back', async () => {
    const cookie = await signIn(people.get('A'))
    await rig.advance(10_000)
    const at = rig.clock.now() - 5_000
    expect((await answer(cookie, { response: 'yes', at: new Date(at).toISOString() })).status).toBe(200)
    expect((await rig.deps.store.answers.of(alert)).map((given) => given.at)).toEqual([at])
  })

  it('counts neither before the alert was raised nor in the future, whatever the clock of the device says', async () => {
    const cookie = await signIn(people.get('A'))
    const { raisedAt } = await rig.alert(alert)
    await answer(cookie, { response: 'yes', at: '2001-01-01T00:00:00.000Z' })
    await answer(cookie, { response: 'no', at: '2099-01-01T00:00:00.000Z' })
    const times = (await rig.deps.store.answers.of(alert)).map((given) => given.at)
    expect(times).toEqual([Date.parse(raisedAt), rig.clock.now()])
  })

  it('is not taken as the answer of whoever has signed in since, and can come again as its own', async () => {
    const given = { response: 'no', person: people.get('A') }
    for (const other of [people.get('B'), undefined]) {
      const refused = await answer(await signIn(other), given)
      expect(refused.status).toBe(409)
      expect(await refused.json()).toMatchObject({ code: 'answer.other_person' })
    }
    expect(await rig.deps.store.answers.of(alert)).toEqual([])
    expect((await answer(await signIn(people.get('A')), given)).status).toBe(200)
    const amira = (await rig.recipients(alert)).find(({ name }) => name === 'Amira Ward')
    expect(amira?.response).toBe('no')
  })
})
