import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tendChecks } from '../../src/application/reach/tend-checks.ts'
import type { CheckView } from '../../src/contract/checks.ts'
import type { PersonView } from '../../src/contract/people.ts'
import type { TreeReach } from '../../src/contract/reach.ts'
import { DAY, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { isOfficeTime } from '../../src/domain/reach/office-hours.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const CSV = `id,name,mobile,phone,email,time zone
A1,Ana Ward,+447700900101,,,Europe/London
B2,Bo Lind,,+442079460102,,Europe/London
`

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  expect((await rig.importPeople(CSV, 'Harbour')).status).toBe(200)
})
afterEach(() => rig.close())

const ask = async <Body>(path: string, method = 'GET', json?: unknown) => {
  const response = await rig.ask(path, json === undefined ? { method } : { method, json })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  const body = await response.text()
  return (body === '' ? null : JSON.parse(body)) as Body
}
const people = async () => (await ask<{ items: PersonView[] }>('/api/v1/people')).items
const find = async (name: string) => {
  const found = (await people()).find((person) => person.name.startsWith(name))
  if (!found) throw new Error(`no ${name}`)
  return found
}
const pointOf = (person: PersonView, kind: string) => {
  const point = person.contactPoints.find((one) => one.kind === kind)
  if (!point) throw new Error(`no ${kind}`)
  return point
}
const checks = async () => (await ask<{ items: CheckView[] }>('/api/v1/checks')).items
const tend = async () => {
  await tendChecks(rig.deps)
  await rig.clock.advance(5 * SECOND, () => rig.simulator.settle())
  await rig.simulator.settle()
}
const checkNow = async (name: string, kind: string) => {
  await ask(`/api/v1/contact-points/${pointOf(await find(name), kind).id}/check`, 'POST')
  await tend()
}
const ANA = '+447700900101'
const BO = '+442079460102'
const texts = (number: string) => rig.simulator.phones.get(number).texts.map(({ text }) => text)
const heard = (number: string) => rig.simulator.phones.get(number).subtitles.join(' ')
const text = async (number: string, body: string) => {
  rig.simulator.phones.text(number, body)
  await pass(5 * SECOND)
  await rig.simulator.settle()
}
const pass = (ms: number) => rig.clock.advance(ms, () => rig.simulator.settle())
const codeIn = (body: string | undefined) => /\d{6}/.exec(body ?? '')?.[0] ?? ''
const linkIn = (body: string | undefined) => /https:\S+(\/c\/\S+)/.exec(body ?? '')?.[1] ?? ''
const page = async (path: string, form?: Record<string, string>) => {
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
  const response = await rig.ask(path, { ...init, as: '' })
  return { status: response.status, text: await response.text() }
}

describe('asking whether a contact point still reaches its owner', () => {
  it('says first that it is no emergency, and an answer by text proves the number for texts and calls', async () => {
    await checkNow('Ana', 'sms')
    const [body] = texts(ANA)
    expect(body).toMatch(/^NO EMERGENCY - Harbour Watch/)
    await text(ANA, `1 ${codeIn(body)}`)
    expect(texts(ANA).at(-1)).toBe('Thank you. This is confirmed.')
    const ana = await find('Ana')
    for (const kind of ['sms', 'voice'])
      expect(pointOf(ana, kind)).toMatchObject({ status: 'verified', lastProof: expect.any(String) })
    expect(await checks()).toMatchObject([{ state: 'proven', name: 'Ana Ward' }])
  })

  it('takes a plain answer without the code, and a text that is no answer proves nothing', async () => {
    await checkNow('Ana', 'sms')
    await text(ANA, 'who is this?')
    expect(pointOf(await find('Ana'), 'sms').lastProof).toBeNull()
    await text(ANA, 'yes')
    expect(pointOf(await find('Ana'), 'sms').status).toBe('verified')
  })

  it('never takes the answer to an alert: with one open, only the check’s own code answers the check', async () => {
    await checkNow('Ana', 'sms')
    const code = codeIn(texts(ANA)[0])
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    const { id } = await rig.raise({ trees: ['Harbour'] })
    await rig.advance(5_000)
    await text(ANA, `1 ${code}`)
    expect((await rig.alert(id)).counts.acknowledged).toBe(0)
    expect(await checks()).toMatchObject([{ state: 'proven' }])
    await text(ANA, '1')
    expect((await rig.alert(id)).counts.acknowledged).toBe(1)
  })

  it('calls a landline, and only a key that was pressed proves it', async () => {
    await checkNow('Bo', 'voice')
    rig.simulator.phones.answer(BO)
    await pass(10 * SECOND)
    await rig.simulator.settle()
    expect(heard(BO)).toContain('This is not an emergency')
    expect(pointOf(await find('Bo'), 'voice').lastProof).toBeNull()
    rig.simulator.phones.press(BO, '1')
    await pass(5 * SECOND)
    expect(pointOf(await find('Bo'), 'voice').status).toBe('verified')
  })

  it('whoever missed the call rings back and answers by key', async () => {
    rig.simulator.phones.set(BO, { behaviour: 'no-answer' })
    await checkNow('Bo', 'voice')
    await pass(2 * MINUTE)
    rig.simulator.phones.set(BO, { behaviour: 'normal' })
    rig.simulator.phones.ring(BO)
    await rig.simulator.settle()
    rig.simulator.phones.press(BO, '1')
    await rig.simulator.settle()
    expect(await checks()).toMatchObject([{ state: 'proven' }])
  })

  it('a voicemail proves nothing and is told nothing to press', async () => {
    rig.simulator.phones.set(BO, { behaviour: 'voicemail' })
    await checkNow('Bo', 'voice')
    await pass(MINUTE)
    expect(pointOf(await find('Bo'), 'voice').lastProof).toBeNull()
  })

  it('a number that does not exist becomes a failing contact point with the reason', async () => {
    rig.simulator.phones.set(ANA, { behaviour: 'unknown-handset' })
    await checkNow('Ana', 'sms')
    await pass(MINUTE)
    expect(await checks()).toMatchObject([{ state: 'failed', reason: expect.any(String) }])
    expect(pointOf(await find('Ana'), 'sms').status).toBe('failing')
  })

  it('looking at the page proves nothing, its button does, as often as it is pressed', async () => {
    await checkNow('Ana', 'sms')
    const link = linkIn(texts(ANA)[0])
    expect((await page(link)).text).toContain('It reaches me')
    expect(pointOf(await find('Ana'), 'sms').lastProof).toBeNull()
    for (let times = 0; times < 2; times++)
      expect((await page(link, { act: 'reached' })).text).toContain('This is confirmed')
    expect(pointOf(await find('Ana'), 'sms').status).toBe('verified')
    expect((await page('/c/unknown')).status).toBe(404)
  })

  it('asks each contact point once at a time, and by hand again once it is over', async () => {
    await checkNow('Ana', 'sms')
    const { id } = pointOf(await find('Ana'), 'sms')
    const again = await rig.ask(`/api/v1/contact-points/${id}/check`, { method: 'POST' })
    expect(await again.json()).toMatchObject({ status: 409, code: 'check.not_possible' })
    await text(ANA, '1')
    await checkNow('Ana', 'sms')
    expect(texts(ANA).filter((body) => body.startsWith('NO EMERGENCY'))).toHaveLength(2)
  })

  it('nobody answers in time: the check is over, and the contact point is neither proven nor failing', async () => {
    await checkNow('Ana', 'sms')
    await rig.clock.advance(15 * DAY, async () => {})
    await tend()
    expect(await checks()).toMatchObject([{ state: 'expired' }])
    expect(pointOf(await find('Ana'), 'sms')).toMatchObject({ status: 'unverified', lastProof: null })
  })

  it('waits while an alert is open for the person, so that an answer of one digit is never doubtful', async () => {
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    const { id } = await rig.raise({ trees: ['Harbour'] })
    await ask(`/api/v1/contact-points/${pointOf(await find('Ana'), 'sms').id}/check`, 'POST')
    await tend()
    await rig.advance(2_000)
    await tend()
    expect(texts(ANA).map((body) => body.slice(0, 12))).toEqual(['DRILL - Harb'])
    await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
    await rig.advance(2_000)
    await rig.clock.advance(61 * MINUTE, async () => {})
    await tend()
    expect(texts(ANA).at(-1)).toMatch(/^NO EMERGENCY/)
  })

  it('a plain digit after a check that crossed an alert is read by a person, with the alert’s code it counts', async () => {
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    const { id, code } = await rig.raise({ trees: ['Harbour'] })
    await rig.advance(2_000)
    await ask(`/api/v1/contact-points/${pointOf(await find('Ana'), 'sms').id}/check`, 'POST')
    const [waiting] = await checks()
    await rig.deps.store.commit([rig.deps.store.checks.markSent(waiting?.id ?? '', 'first', 'SM9', rig.clock.now())])
    await text(ANA, '1')
    expect((await rig.alert(id)).counts.acknowledged).toBe(0)
    expect(texts(ANA).at(-1)).toContain('A person will read this.')
    await text(ANA, `1 ${code}`)
    expect((await rig.alert(id)).counts.acknowledged).toBe(1)
  })

  it('an answer to a check that was sent after an alert ended is none to that alert', async () => {
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    const { id } = await rig.raise({ trees: ['Harbour'] })
    await rig.advance(2_000)
    await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
    await rig.advance(2_000)
    await rig.clock.advance(MINUTE, async () => {})
    await checkNow('Ana', 'sms')
    await text(ANA, `1 ${codeIn(texts(ANA).at(-1))}`)
    expect(texts(ANA).at(-1)).toBe('Thank you. This is confirmed.')
    await checkNow('Ana', 'sms')
    await text(ANA, '1')
    expect(texts(ANA).at(-1)).toBe('Thank you. This is confirmed.')
  })

  it('a cry for help behind the code proves the number, and a person reads it', async () => {
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    await checkNow('Ana', 'sms')
    const code = codeIn(texts(ANA)[0])
    const { id } = await rig.raise({ trees: ['Harbour'] })
    await rig.advance(2_000)
    await text(ANA, `1 ${code} but please help we are stuck on floor 3, fire`)
    expect(texts(ANA).at(-1)).toContain('A person will read this.')
    const { items } = await ask<{ items: { text: string }[] }>(`/api/v1/alerts/${id}/unclear`)
    expect(items).toMatchObject([{ text: expect.stringContaining('stuck on floor 3') }])
    expect(pointOf(await find('Ana'), 'sms').status).toBe('verified')
  })

  it('what takes no texts is not proven by a call', async () => {
    rig.simulator.phones.set(ANA, { behaviour: 'unknown-handset' })
    await checkNow('Ana', 'sms')
    await pass(MINUTE)
    rig.simulator.phones.set(ANA, { behaviour: 'normal' })
    await checkNow('Ana', 'voice')
    rig.simulator.phones.answer(ANA)
    await pass(10 * SECOND)
    rig.simulator.phones.press(ANA, '1')
    await pass(5 * SECOND)
    const ana = await find('Ana')
    expect(pointOf(ana, 'voice').status).toBe('verified')
    expect(pointOf(ana, 'sms').status).toBe('failing')
  })

  it('its page shows nothing about somebody who never answered by it, and lets a stranger say so', async () => {
    await checkNow('Ana', 'sms')
    const link = linkIn(texts(ANA)[0])
    expect((await page(link)).text).not.toMatch(/Ana Ward|\+44/)
    await page(link, { act: 'save', version: '1', add: '+447700900199' })
    expect((await find('Ana')).version).toBe(1)
    expect((await page(link, { act: 'not_me' })).text).toContain('Nobody will rely on this number')
    expect(pointOf(await find('Ana'), 'sms').status).toBe('failing')
  })

  it('its page ends with the check, and shows their details to whoever had answered by it before', async () => {
    await checkNow('Ana', 'sms')
    await text(ANA, '1')
    await checkNow('Ana', 'sms')
    const link = linkIn(texts(ANA).findLast((body) => body.startsWith('NO EMERGENCY')))
    expect((await page(link)).text).toContain('Ana Ward')
    await rig.clock.advance(15 * DAY, async () => {})
    expect((await page(link)).status).toBe(404)
  })
})

describe('a campaign', () => {
  it('asks whoever has no recent proof, by day on weekdays where they are, and leaves the others alone; a preview asks nobody', async () => {
    await checkNow('Ana', 'sms')
    await text(ANA, '1')
    expect(await ask('/api/v1/checks', 'POST', { overDays: 3, preview: true })).toEqual({ asked: 1 })
    expect((await checks()).filter(({ state }) => state === 'waiting')).toHaveLength(0)
    expect(await ask('/api/v1/checks', 'POST', { overDays: 3 })).toEqual({ asked: 1 })
    const [waiting] = (await checks()).filter(({ state }) => state === 'waiting')
    expect(waiting).toMatchObject({ name: 'Bo Lind', kind: 'voice' })
    expect(isOfficeTime(Date.parse(waiting?.dueAt ?? ''), 'Europe/London')).toBe(true)
    expect((await checks()).filter(({ state }) => state === 'waiting')).toHaveLength(1)
  })

  it('asks nobody at night, wherever they are, whoever has gone away or proved it meanwhile', async () => {
    await rig.importPeople('id,name,mobile\nC3,Cy Moss,+61491570156\n', 'South')
    await rig.ask('/api/v1/checks', { method: 'POST', json: { overDays: 0 } })
    const until = new Date(rig.clock.now() + 30 * DAY).toISOString()
    const away = await find('Bo')
    await rig.ask(`/api/v1/people/${away.id}`, { method: 'PATCH', json: { awayUntil: until } })
    for (let hour = 0; hour < 5 * 24; hour++) {
      await rig.clock.advance(60 * MINUTE, async () => {})
      await tendChecks(rig.deps)
    }
    const done = await checks()
    expect(done.find(({ name }) => name === 'Bo Lind')).toMatchObject({
      state: 'dropped',
      reason: 'The person is away.',
    })
    for (const [name, zone] of [
      ['Cy Moss', 'Australia/Adelaide'],
      ['Ana Ward', 'Europe/London'],
    ] as const) {
      const sentAt = done.find((one) => one.name === name)?.sentAt
      expect(isOfficeTime(Date.parse(sentAt ?? ''), zone)).toBe(true)
    }
  })

  it('what has not gone out can be taken back', async () => {
    await rig.ask('/api/v1/checks', { method: 'POST', json: {} })
    const response = await rig.ask('/api/v1/checks', { method: 'DELETE' })
    expect(await response.json()).toEqual({ asked: 2 })
    await rig.clock.advance(9 * DAY, async () => {})
    await tend()
    expect(texts(ANA)).toEqual([])
  })

  it('that stands begins by itself once a week, and not before somebody set it', async () => {
    await tend()
    expect(await checks()).toEqual([])
    await rig.ask('/api/v1/checks/standing', { method: 'PUT', json: { everyDays: 180 } })
    await tend()
    expect(await checks()).toHaveLength(2)
    await rig.ask('/api/v1/checks', { method: 'DELETE' })
    await tend()
    expect((await checks()).filter(({ state }) => state === 'waiting')).toEqual([])
    await rig.clock.advance(7 * DAY, async () => {})
    await tend()
    expect((await checks()).filter(({ state }) => state !== 'dropped')).toHaveLength(2)
  })
})

describe('the ledger', () => {
  const ledger = async () => (await ask<{ items: TreeReach[] }>('/api/v1/reachability')).items

  it('counts each person once by their best proof, ageing with time, for everybody and for each tree', async () => {
    await checkNow('Ana', 'sms')
    await text(ANA, '1')
    const [everybody, harbour] = await ledger()
    expect(everybody).toMatchObject({ people: 2, proofs: { proven: 1, never: 1, stale: 0 } })
    expect(harbour).toMatchObject({
      tree: { name: 'Harbour' },
      channels: { sms: { proven: 1 }, voice: { proven: 1, never: 1 } },
    })
    expect(harbour?.expected).toBeCloseTo((0.95 + 0.5) / 2)
    await rig.clock.advance(100 * DAY, async () => {})
    expect((await ledger())[0]?.proofs).toMatchObject({ ageing: 1, never: 1 })
    await rig.clock.advance(100 * DAY, async () => {})
    expect((await ledger())[0]?.proofs).toMatchObject({ stale: 1, never: 1 })
  })

  it('is fed by answers to alerts, and by opt-outs', async () => {
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    await rig.raise({ trees: ['Harbour'] })
    await rig.advance(2_000)
    await text(ANA, '1')
    expect((await ledger())[0]?.channels.sms).toMatchObject({ proven: 1 })
    await text(ANA, 'STOP')
    expect((await ledger())[0]?.channels.sms).toMatchObject({ lost: 1 })
    expect((await ledger())[0]?.proofs).toMatchObject({ proven: 1 })
  })

  it('lists people, whoever is worst off first', async () => {
    await checkNow('Ana', 'sms')
    await text(ANA, '1')
    const { items } = await ask<{ items: { name: string; proof: string }[] }>(
      '/api/v1/reachability/people?tree=Harbour',
    )
    expect(items.map(({ name, proof }) => [name, proof])).toEqual([
      ['Bo Lind', 'never'],
      ['Ana Ward', 'proven'],
    ])
  })
})

describe('the page of one’s own details', () => {
  const open = async (name: string) => {
    const person = await find(name)
    const response = await rig.ask(`/api/v1/people/${person.id}/details-link`, { method: 'POST' })
    const { link } = (await response.json()) as { link: string }
    return { person, path: new URL(link).pathname }
  }
  const shown = { version: '1', language: 'en', timeZone: 'Europe/London', away: '', add: '', act: 'save' }

  it('shows what is stored, and an added number is asked at once whether it reaches them', async () => {
    const { path } = await open('Ana')
    expect((await page(path)).text).toContain(ANA)
    expect((await page(path, { ...shown, add: '+447700900199' })).text).toContain('Saved.')
    await tend()
    expect(texts('+447700900199')[0]).toMatch(/^NO EMERGENCY/)
    const ana = await find('Ana')
    expect(ana.contactPoints.map(({ address }) => address)).toContain('+447700900199')
    const history = await ask<{ items: { by: string }[] }>(`/api/v1/people/${ana.id}/history`)
    expect(history.items[0]?.by).toBe('Ana Ward')
  })

  it('sets language and absence, and says when nothing was changed', async () => {
    const { path } = await open('Ana')
    expect((await page(path, shown)).text).toContain('Nothing was changed.')
    const until = new Date(rig.clock.now() + 5 * DAY).toISOString().slice(0, 10)
    expect((await page(path, { ...shown, language: 'fr', away: until })).text).toContain('Enregistré.')
    expect(await find('Ana')).toMatchObject({ language: 'fr', awayUntil: `${until}T00:00:00.000Z` })
  })

  it('never leaves somebody without a way to reach them, and says what is wrong with a number', async () => {
    const { person, path } = await open('Bo')
    const answer = await page(path, { ...shown, takeOut: pointOf(person, 'voice').id })
    expect(answer).toMatchObject({ status: 422, text: expect.stringContaining('has to stay') })
    expect((await page(path, { ...shown, add: '999' })).status).toBe(422)
    expect((await find('Bo')).contactPoints).toEqual(person.contactPoints)
  })

  it('changes nothing over what somebody else changed meanwhile', async () => {
    const { person, path } = await open('Ana')
    await rig.ask(`/api/v1/people/${person.id}`, { method: 'PATCH', json: { language: 'fr' } })
    expect((await page(path, { ...shown, add: '+447700900199' })).status).toBe(409)
    expect(await find('Ana')).toMatchObject({ language: 'fr', version: 2 })
  })

  it('is nobody’s after a week, nor for somebody who was taken out', async () => {
    const { path } = await open('Ana')
    const other = await open('Bo')
    await ask(`/api/v1/people/${other.person.id}`, 'DELETE')
    expect((await page(other.path)).status).toBe(404)
    await rig.clock.advance(8 * DAY, async () => {})
    expect((await page(path)).status).toBe(404)
  })
})
