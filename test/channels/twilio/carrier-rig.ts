import type { Carrier } from '../../../src/application/ports/carrier.ts'
import { createTwilioCarrier, type TwilioOptions } from '../../../src/channels/twilio/create-twilio-carrier.ts'
import { createFetchHttpClient } from '../../../src/channels/twilio/fetch-http-client.ts'

export interface Sent {
  url: string
  method: string
  headers: Headers
  form: URLSearchParams
  redirect: string | undefined
}

/** A carrier whose requests end in a list instead of the network, answered as told. */
export function carrierAnswering(
  answer: () => Response | Promise<Response>,
  change: Partial<TwilioOptions> = {},
): { carrier: Carrier; sent: Sent[] } {
  const sent: Sent[] = []
  const httpClient = createFetchHttpClient(async (url, init) => {
    const headers = new Headers(init.headers)
    const form = new URLSearchParams(String(init.body))
    sent.push({ url, method: init.method ?? '', headers, form, redirect: init.redirect })
    return answer()
  })
  const carrier = createTwilioCarrier({
    name: 'first',
    channels: ['sms', 'voice'],
    accountSid: 'AC00000000000000000000000000000001',
    authToken: 'example-auth-token-not-real-0001',
    from: '+12025550100',
    publicUrl: 'https://alerts.example.org/',
    httpClient,
    ...change,
  })
  return { carrier, sent }
}

export const taken = () => Response.json({ sid: 'SM00000000000000000000000000000001' }, { status: 201 })
