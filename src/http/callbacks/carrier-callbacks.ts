import { receiveEvent } from '../../application/answers/receive-event.ts'
import type { CallbackRequest, Carrier } from '../../application/ports/carrier.ts'
import { Problem } from '../../domain/errors.ts'
import { param } from '../read-input.ts'
import type { AppContext, Route } from '../route.ts'

/** What carriers report: texts, calls and how messages fared. Proven before anything is read. */
export const carrierCallbacks: Route[] = [
  {
    method: 'POST',
    path: '/callbacks/:carrier/:topic{(?:sms|status|voice)}',
    rule: 'signature',
    summary: 'Callbacks of carriers, signed',
    async handle(c) {
      const { deps } = c.var
      const carrier = deps.carriers.find(({ name }) => name === param(c, 'carrier'))
      const event = carrier?.receive?.(await readCallback(c))
      // The same answer for an unknown carrier and a bad signature: a stranger learns nothing.
      if (!carrier || !event) throw new Problem('forbidden', 'callback.not_proven', 'The signature is not right.')
      return respond(c, carrier, await receiveEvent(deps, carrier, event))
    },
  },
]

/** The configured public origin with the raw path and query, as the carrier signed it; no header has a say in it. */
async function readCallback(c: AppContext): Promise<CallbackRequest> {
  const raw = c.req.raw.url
  const path = raw.slice(raw.indexOf('/', raw.indexOf('://') + 3))
  return {
    url: c.var.deps.settings.publicUrl + path,
    topic: param(c, 'topic'),
    headers: c.req.raw.headers,
    body: await c.req.text(),
  }
}

function respond(c: AppContext, carrier: Carrier, reply: Awaited<ReturnType<typeof receiveEvent>>): Response {
  const response = carrier.respond?.(reply)
  return response ? c.body(response.body, 200, { 'content-type': response.contentType }) : c.body(null, 204)
}
