import { Agent } from 'node:http'
import twilio from 'twilio'
import { serveTurn } from './serve-turn.ts'
import { ACCOUNT, AUTH_TOKEN, callbackOf, forEach, numberOf, required, SENDER, SINK, TEXT } from './work.ts'

/** The provider's SDK as its pages show it, one after the other or many at once; only the host is another. */
const inFlight = Number(required('SDK_IN_FLIGHT'))
const requests = new twilio.RequestClient({})
requests.axios.defaults.httpAgent = new Agent({ keepAlive: true, maxSockets: inFlight })
const toProvider = requests.request.bind(requests)
requests.request = (options) => toProvider({ ...options, uri: options.uri.replace('https://api.twilio.com', SINK) })
const client = twilio(ACCOUNT, AUTH_TOKEN, { httpClient: requests })
let done = 0

await serveTurn(
  async (first, count) => {
    done = 0
    await forEach(first, count, inFlight, async (number) => {
      const { sid } = await client.messages.create({
        to: numberOf(number),
        from: SENDER,
        body: TEXT,
        statusCallback: callbackOf(number),
        validityPeriod: 600,
      })
      if (sid) done++
    })
  },
  () => done,
)
