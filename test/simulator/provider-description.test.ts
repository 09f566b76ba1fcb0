import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCOUNT, type Rig, SENDER, startRig, TOKEN } from './rig.ts'
import { findProblems, type Schema } from './validate-schema.ts'

interface Operation {
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const file = new URL('../../../shared/data/twilio-api-v2010-subset.json', import.meta.url)
const present = existsSync(file)
const description: Description = present
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { paths: {}, components: { schemas: {} } }
const PHONE = '+447700900123'
const BASE = '/2010-04-01/Accounts/{AccountSid}'
const APP = 'https://app.example.org'

const MESSAGE = { To: PHONE, From: SENDER, Body: 'Fire drill', StatusCallback: `${APP}/status`, ValidityPeriod: '600' }
const CALL = {
  To: PHONE,
  From: SENDER,
  Url: `${APP}/call`,
  Method: 'POST',
  FallbackUrl: `${APP}/fallback`,
  StatusCallback: `${APP}/status`,
  StatusCallbackMethod: 'POST',
  StatusCallbackEvent: ['ringing', 'completed'],
  MachineDetection: 'DetectMessageEnd',
  AsyncAmd: 'true',
  AsyncAmdStatusCallback: `${APP}/amd`,
  SendDigits: 'ww136',
  Timeout: '30',
  TimeLimit: '600',
}

describe.skipIf(!present)(
  "the provider's own description of its API (skipped when the description is not at hand)",
  () => {
    let rig: Rig
    beforeAll(async () => {
      rig = await startRig()
    })
    afterAll(() => rig.stop())

    async function ask(path: string, form?: Record<string, string | string[]>) {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(form ?? {})) for (const one of [value].flat()) body.append(name, one)
      const headers = { Authorization: `Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}` }
      const url = `/2010-04-01/Accounts/${ACCOUNT}${path}`
      const response = await rig.simulator.app.request(url, form ? { method: 'POST', headers, body } : { headers })
      return { status: response.status, json: await response.json() }
    }

    function problems(path: string, method: string, status: number, value: unknown): string[] {
      const schema = description.paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema
      return schema ? findProblems(schema, value, description.components.schemas) : [`${method} ${path}: no ${status}`]
    }

    function formProblems(path: string, form: Record<string, string | string[]>): string[] {
      const content = description.paths[path]?.post?.requestBody?.content['application/x-www-form-urlencoded']
      const properties = content?.schema.properties ?? {}
      const typed = Object.entries(form).map(([name, value]) => {
        const number = ['integer', 'number'].includes(properties[name]?.type ?? '')
        return [name, number ? Number(value) : value]
      })
      const schema = content?.schema ?? { required: ['a description'] }
      return findProblems(schema, Object.fromEntries(typed), description.components.schemas)
    }

    test('the parameters that are read here are the ones it describes', () => {
      expect(formProblems(`${BASE}/Messages.json`, MESSAGE)).toEqual([])
      expect(formProblems(`${BASE}/Calls.json`, CALL)).toEqual([])
      expect(formProblems(`${BASE}/Calls/{Sid}.json`, { Status: 'completed', Url: APP, Method: 'GET' })).toEqual([])
      expect(formProblems(`${BASE}/Calls.json`, { ...CALL, Mehtod: 'POST' })).toHaveLength(1)
    })

    test('a message has its form, new, delivered, failed and received', async () => {
      const taken = await ask('/Messages.json', MESSAGE)
      expect(problems(`${BASE}/Messages.json`, 'post', taken.status, taken.json)).toEqual([])
      rig.simulator.phones.set('+447700900124', { behaviour: 'filtered' })
      await ask('/Messages.json', { ...MESSAGE, To: '+447700900124' })
      rig.simulator.phones.text(PHONE, 'hello', SENDER)
      await rig.advance(10_000)
      const one = await ask(`/Messages/${taken.json.sid}.json`)
      expect(problems(`${BASE}/Messages/{Sid}.json`, 'get', one.status, one.json)).toEqual([])
      const list = await ask('/Messages.json?PageSize=2')
      expect(problems(`${BASE}/Messages.json`, 'get', list.status, list.json)).toEqual([])
      expect(list.json.messages).toHaveLength(2)
      const redacted = await ask(`/Messages/${taken.json.sid}.json`, { Body: '' })
      expect(problems(`${BASE}/Messages/{Sid}.json`, 'post', redacted.status, redacted.json)).toEqual([])
    })

    test('a call has its form, new, ringing, over and listed', async () => {
      const taken = await ask('/Calls.json', CALL)
      expect(problems(`${BASE}/Calls.json`, 'post', taken.status, taken.json)).toEqual([])
      await rig.advance(1_000)
      rig.simulator.phones.answer(PHONE)
      await rig.advance(5_000)
      const ended = await ask(`/Calls/${taken.json.sid}.json`, { Status: 'completed' })
      expect(problems(`${BASE}/Calls/{Sid}.json`, 'post', ended.status, ended.json)).toEqual([])
      const list = await ask('/Calls.json')
      expect(problems(`${BASE}/Calls.json`, 'get', list.status, list.json)).toEqual([])
      expect(list.json.calls.length).toBeGreaterThan(0)
    })

    test('balance and account have their form', async () => {
      const balance = await ask('/Balance.json')
      expect(problems(`${BASE}/Balance.json`, 'get', balance.status, balance.json)).toEqual([])
      const headers = { Authorization: `Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}` }
      const account = await rig.simulator.app.request(`/2010-04-01/Accounts/${ACCOUNT}.json`, { headers })
      const json: unknown = await account.json()
      expect(problems('/2010-04-01/Accounts/{Sid}.json', 'get', account.status, json)).toEqual([])
    })
  },
)

test('the check itself finds a wrong type, a wrong form, an unknown name and a missing one', () => {
  const schema: Schema = {
    type: 'object',
    required: ['sid', 'to'],
    properties: {
      sid: { type: 'string', pattern: '^SM' },
      price: { type: 'string', nullable: true },
      n: { type: 'integer' },
    },
  }
  expect(findProblems(schema, { sid: 'SM1', to: 'x', price: null, n: 1 }, {})).toEqual(['$.to: not described'])
  expect(findProblems(schema, { sid: 'CA1', n: 'one' }, {})).toHaveLength(3)
})
