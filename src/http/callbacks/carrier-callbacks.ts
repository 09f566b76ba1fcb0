import { receiveEvent } from '../../application/answers/receive-event.ts'
import type { CallbackRequest, CallbackResponse } from '../../application/ports/carrier.ts'
import { mayPass, Problem } from '../../domain/errors.ts'
import { param } from '../read-input.ts'
import { type AppContext, type Route, SOURCE } from '../route.ts'

const SIGNED = '/callbacks/:carrier/:topic{(?:sms|status|voice)}'
const WITH_TOKEN = '/callbacks/:carrier/:token/:topic{(?:sms|status|email)}'

/** Mails come whole, with what is attached to them. */
const MAIL_LIMIT = 10 * 1024 * 1024

/** What carriers report: texts, calls and how messages fared. Proven before anything is read. */
export const carrierCallbacks: Route[] = [
  {
    method: 'POST',
    path: SIGNED,
    rule: 'signature',
    summary: 'Callbacks of carriers, signed',
    handle: (c) => takeCallback(c, 'POST', null),
  },
  ...(['GET', 'POST'] as const).map(
    (method): Route => ({
      method,
      path: WITH_TOKEN,
      rule: 'token',
      bodyLimit: MAIL_LIMIT,
      summary: 'Callbacks of carriers that cannot sign',
      handle: (c) => takeCallback(c, method, param(c, 'token')),
    }),
  ),
]

/**
 * Carriers repeat what is refused for now a few times, some of them at once: each refusal is held back so many
 * milliseconds, so that the repeats reach further than a moment.
 */
const HOLD_REFUSAL = 2_000

async function takeCallback(c: AppContext, method: CallbackRequest['method'], token: string | null): Promise<Response> {
  const { deps } = c.var
  const carrier = deps.carriers.find(({ name }) => name === param(c, 'carrier'))
  const event = await carrier?.receive?.(await readCallback(c, method, token))
  // The same answer for an unknown carrier and for whatever is not proven: a stranger learns nothing.
  if (!carrier || !event) throw new Problem('forbidden', 'callback.not_proven', 'The signature is not right.')
  const reply = await receiveEvent(deps, carrier, event).catch(async (error: unknown) => {
    if (mayPass(error)) await deps.pause(HOLD_REFUSAL)
    throw error
  })
  return respond(c, carrier.respond?.(reply, event))
}

/** The configured public origin with the raw path and query, as the carrier signed it; no header has a say in it. */
async function readCallback(
  c: AppContext,
  method: CallbackRequest['method'],
  token: string | null,
): Promise<CallbackRequest> {
  const raw = c.req.raw.url
  const path = raw.slice(raw.indexOf('/', raw.indexOf('://') + 3))
  return {
    method,
    url: c.var.deps.settings.publicUrl + path,
    topic: param(c, 'topic'),
    token,
    source: c.env?.[SOURCE] ?? null,
    headers: c.req.raw.headers,
    body: await c.req.text(),
  }
}

function respond(c: AppContext, response: CallbackResponse | undefined): Response {
  if (!response) return c.body(null, 204)
  return c.body(response.body, 200, { ...response.headers, 'content-type': response.contentType })
}
