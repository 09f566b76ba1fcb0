import { expect, test } from 'vitest'
import { habitOf } from '../../src/simulator/crowd-habit.ts'
import { readOptions } from '../../src/simulator/read-options.ts'
import { response, SENDER, startRig } from './rig.ts'

const ALERT = 'EXERCISE fire in hall 3 at 09:30. Reply 1=Safe, 2=Need help'
const NUMBERS = Array.from({ length: 60 }, (_, i) => `+4477009001${String(i).padStart(2, '0')}`)

/** What reaches the application when sixty people are texted and, a while later, rung. */
async function alertCrowd(seed: number, numbers = NUMBERS) {
  const rig = await startRig()
  rig.answers.set('/sms', () => response('<Message>Recorded: 1=Safe. Thank you.</Message>'))
  const ask = response('<Gather numDigits="1" action="/key" timeout="30"><Say>Press 1 if you are safe.</Say></Gather>')
  rig.answers.set('/call', () => ask)
  rig.answers.set('/voice', () => ask)
  rig.answers.set('/key', () => response('<Say>Thank you.</Say>'))
  rig.simulator.startCrowd(seed)
  for (const to of numbers) await rig.client.messages.create({ to, from: SENDER, body: ALERT })
  await rig.advance(180_000)
  const bySms = rig.received.map(({ params }) => `${params.From} ${params.Body ?? params.Digits ?? ''}`)
  for (const to of numbers)
    await rig.client.calls.create({ to, from: SENDER, url: 'https://app.example.org/call', timeout: 30 })
  await rig.advance(90_000)
  const answers = rig.received
    .filter(({ params }) => params.Body !== undefined || params.Digits !== undefined)
    .map(({ params }) => {
      const phone = params.From === SENDER ? params.To : params.From
      return `${phone} ${params.Body ?? params.Digits}`
    })
  await rig.stop()
  return { answers, bySms, people: new Set(answers.map((line) => line.split(' ')[0])) }
}

test('the crowd answers the same way from the same seed', async () => {
  const [first, again, other] = [await alertCrowd(1), await alertCrowd(1), await alertCrowd(2)]
  expect(first.answers).toEqual(again.answers)
  expect(first.answers).not.toEqual(other.answers)
}, 30_000)

test('about four in five of the crowd answer, some only by key, and nobody answers a confirmation', async () => {
  const { answers, bySms, people } = await alertCrowd(1)
  expect(people.size / NUMBERS.length).toBeGreaterThan(0.65)
  expect(people.size / NUMBERS.length).toBeLessThan(0.95)
  expect(bySms.length).toBeLessThan(people.size + 10)
  const texts = answers.filter((line) => /\+\d+ (1|2|Safe|Need help)$/.test(line))
  expect(texts.length).toBeGreaterThan(answers.length * 0.8)
}, 30_000)

test('in a small crowd too, someone sends a text that only a human can understand', async () => {
  const rig = await startRig()
  const small = NUMBERS.slice(0, 12)
  for (const number of small) rig.simulator.phones.add(number)
  rig.simulator.startCrowd(1)
  for (const to of small) await rig.client.messages.create({ to, from: SENDER, body: ALERT })
  await rig.advance(180_000)
  expect(rig.received.some(({ params }) => /lift|who is this|smoke/.test(params.Body ?? ''))).toBe(true)
  await rig.stop()
})

test('the voicemail of someone in the crowd is told as a machine', async () => {
  const rig = await startRig()
  const to = NUMBERS.find((number) => habitOf(1, number) === 'voicemail') ?? ''
  rig.simulator.startCrowd(1)
  await rig.client.calls.create({ to, from: SENDER, url: 'https://app.example.org/call', machineDetection: 'Enable' })
  await rig.advance(30_000)
  expect(rig.received.map(({ params }) => params.AnsweredBy)).toEqual(['machine_start'])
  await rig.stop()
})

test('a habit depends on seed and number alone, and every habit occurs in a large crowd', () => {
  const many = Array.from({ length: 1000 }, (_, i) => habitOf(1, `+44770090${String(i).padStart(4, '0')}`))
  expect(new Set(many).size).toBe(9)
  const answering = many.filter((habit) => !['busy', 'voicemail', 'never'].includes(habit)).length
  expect(answering).toBeGreaterThan(750)
  expect(answering).toBeLessThan(850)
})

test.each([
  [ALERT, '1 Safe, 2 Need help'],
  ['Reply 1 for safe', '1 safe'],
  ['Press 1 if you are safe, or press 2.', '1 you are safe, 2 '],
  ['Thank you, your answer is recorded.', ''],
  ['Meet at 9:30 in hall 3.', ''],
])('in "%s" the crowd reads the answers "%s"', (text, options) => {
  expect(
    readOptions(text)
      .map(({ digit, label }) => `${digit} ${label}`)
      .join(', '),
  ).toBe(options)
})
