import { Pool } from 'undici'

/** The work of every peer: to each number one form of some 300 bytes, as the provider's API takes it. */
export const SINK = required('SINK')
export const PEOPLE = Number(required('PEOPLE'))
export const WARM_PEOPLE = Number(required('WARM_PEOPLE'))
export const FIRST_COUNTED = Number(required('FIRST_COUNTED'))
export const FIRST_WARM = Number(required('FIRST_WARM'))
/** As many as a lane of the service has. */
export const IN_FLIGHT = Number(required('IN_FLIGHT'))
export const ACCOUNT = required('ACCOUNT')
export const AUTH_TOKEN = required('AUTH_TOKEN')
export const SENDER = '+12025550100'
export const TEXT = 'DRILL: Building 4 evacuated. Go to assembly point B. Reply 1 if you are safe.'

export const PATH = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`
export const HEADERS = {
  authorization: `Basic ${Buffer.from(`${ACCOUNT}:${AUTH_TOKEN}`).toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'application/json',
}
const FIXED = new URLSearchParams({ From: SENDER, Body: TEXT, ValidityPeriod: '600' }).toString()

export function required(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}

export function numberOf(number: number): string {
  return `+49151${number}`
}

export function callbackOf(number: number): string {
  return `https://alerts.example.org/callbacks/first/status?attempt=${number}`
}

export function formOf(number: number): string {
  return `To=%2B49151${number}&${FIXED}&StatusCallback=${encodeURIComponent(callbackOf(number))}`
}

export function openPool(): Pool {
  return new Pool(SINK, { connections: IN_FLIGHT, pipelining: 1 })
}

/** Sends one message and answers its id. */
export async function post(pool: Pool, number: number): Promise<string> {
  const { statusCode, body } = await pool.request({
    path: PATH,
    method: 'POST',
    headers: HEADERS,
    body: formOf(number),
  })
  const answer = (await body.json()) as { sid: string }
  if (statusCode !== 201) throw new Error(`the sink answered ${statusCode}`)
  return answer.sid
}

/** Does something for a range of numbers, with so many under way at once. */
export async function forEach(
  first: number,
  count: number,
  inFlight: number,
  run: (number: number) => Promise<unknown>,
): Promise<void> {
  let next = first
  const worker = async () => {
    while (next < first + count) await run(next++)
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, worker))
}

export function rangeOf(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}

export async function until(condition: () => boolean | Promise<boolean>, everyMs: number): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, everyMs))
}
