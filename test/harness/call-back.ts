import twilio from 'twilio'
import { ORIGIN, type Rig, SENDER, TOKEN } from './rig.ts'

/** A callback of the first carrier, signed as it signs them. `topic` may carry a query. */
export async function callBack(rig: Rig, topic: string, fields: Record<string, string>): Promise<Response> {
  const params = { AccountSid: 'AC00000000000000000000000000000001', ...fields }
  const url = `${ORIGIN}/callbacks/first/${topic}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilio.getExpectedTwilioSignature(TOKEN, url, params),
  }
  return rig.app.request(url, { method: 'POST', body: new URLSearchParams(params).toString(), headers }, {})
}

/** A text to our number: what its phone is told in return, null for nothing. */
export async function textIn(rig: Rig, from: string, body: string): Promise<string | null> {
  const fields = { MessageSid: `SM-${rig.deps.newId()}`, From: from, To: SENDER, Body: body }
  const response = await callBack(rig, 'sms', fields)
  if (response.status !== 200) throw new Error(`the callback was answered with ${response.status}`)
  return /<Message>(.*)<\/Message>/s.exec(await response.text())?.[1] ?? null
}

/** Raises an alert whose code is the given one if that is free. */
export async function raiseWithCode(rig: Rig, code: number, change: Record<string, unknown> = {}) {
  const { chance } = rig.deps
  let first = true
  rig.deps.chance = () => {
    if (!first) return chance()
    first = false
    return (code - 1_000 + 0.5) / 9_000
  }
  try {
    return await rig.raise(change)
  } finally {
    rig.deps.chance = chance
  }
}
