import { type Context, Hono } from 'hono'
import { callJson } from './call-json.ts'
import { type AccountOptions, API_VERSION, type Carrier, faultsApplyTo } from './carrier.ts'
import { readPage } from './list-page.ts'
import { messageJson, rfc2822 } from './message-json.ts'
import { acceptCall } from './place-call.ts'
import { errorAnswer, ProviderError } from './provider-error.ts'
import { createRateLimit } from './rate-limit.ts'
import { acceptMessage } from './send-message.ts'
import { updateCall } from './update-call.ts'
import { updateMessage } from './update-message.ts'

type Handler = (account: AccountOptions, request: { form: URLSearchParams; url: URL; sid: string }) => Response

const OPENING_BALANCE = 100
const PRICE_OF_TEXT = 0.04

/** The provider's HTTP API for messages and calls. */
export function createApiRoutes(carrier: Carrier): Hono {
  const app = new Hono()
  const texts = createRateLimit(carrier.now)
  const calls = createRateLimit(carrier.now)
  const requests = createRateLimit(carrier.now)
  const pause = (ms: number) => new Promise<void>((resolve) => (ms > 0 ? carrier.later(ms, resolve) : resolve()))

  function authenticate(context: Context): AccountOptions {
    const sid = accountSid(context)
    const account = carrier.accounts.get(sid)
    const expected = account ? `Basic ${btoa(`${account.accountSid}:${account.authToken}`)}` : ''
    if (!account || context.req.header('Authorization') !== expected) throw new ProviderError(20003)
    return account
  }

  /** Every route goes through the faults, the check of the password and the provider's form of errors. */
  const route = (handler: Handler) => async (context: Context) => {
    const { faults } = carrier
    const afflicted = faultsApplyTo(faults, accountSid(context))
    if (afflicted && faults.down) return new Response('upstream connect error', { status: 503 })
    if (afflicted) await pause(faults.stallMs)
    const answer = await attempt(context, handler, afflicted)
    if (afflicted) await pause(faults.delayMs)
    if (afflicted && faults.lostAnswers > 0 && carrier.random() < faults.lostAnswers)
      return new Response('Bad Gateway', { status: 502 })
    return answer
  }

  async function attempt(context: Context, handler: Handler, afflicted: boolean): Promise<Response> {
    const { faults } = carrier
    try {
      if (afflicted && faults.status5xx > 0 && carrier.random() < faults.status5xx) throw new ProviderError(20500)
      const account = authenticate(context)
      if (afflicted && faults.rateLimit > 0) requests.take(account.accountSid, faults.rateLimit)
      const form = new URLSearchParams(context.req.method === 'POST' ? await context.req.text() : '')
      return handler(account, { form, url: new URL(context.req.url), sid: context.req.param('sid') ?? '' })
    } catch (error) {
      if (error instanceof ProviderError) return errorAnswer(error)
      throw error
    }
  }

  function messageOf(account: AccountOptions, sid: string, url: URL) {
    const message = carrier.messages.get(sid)
    if (message?.account !== account) throw new ProviderError(20404, url.pathname)
    return message
  }

  function callOf(account: AccountOptions, sid: string, url: URL) {
    const call = carrier.calls.get(sid)
    if (call?.account !== account) throw new ProviderError(20404, url.pathname)
    return call
  }

  const base = `/${API_VERSION}/Accounts/:account`
  app.post(
    `${base}/Messages.json`,
    route((account, { form }) => {
      if (account.smsPerSecond) texts.take(account.accountSid, account.smsPerSecond)
      return Response.json(messageJson(acceptMessage(carrier, account, form)), { status: 201 })
    }),
  )
  app.get(
    `${base}/Messages.json`,
    route((account, { url }) => {
      const all = [...carrier.messages.values()].filter((message) => message.account === account)
      const page = readPage(all, url, 'DateSent', (message) => message.sentAt ?? message.createdAt)
      return Response.json({ ...page.links, messages: page.items.map(messageJson) })
    }),
  )
  app.get(
    `${base}/Messages/:sid{.+\\.json}`,
    route((account, { sid, url }) => Response.json(messageJson(messageOf(account, withoutSuffix(sid), url)))),
  )
  app.post(
    `${base}/Messages/:sid{.+\\.json}`,
    route((account, { sid, url, form }) => {
      const message = messageOf(account, withoutSuffix(sid), url)
      updateMessage(carrier, message, form)
      return Response.json(messageJson(message))
    }),
  )
  app.post(
    `${base}/Calls.json`,
    route((account, { form }) => {
      if (account.callsPerSecond) calls.take(account.accountSid, account.callsPerSecond)
      return Response.json(callJson(acceptCall(carrier, account, form)), { status: 201 })
    }),
  )
  app.get(
    `${base}/Calls.json`,
    route((account, { url }) => {
      const all = [...carrier.calls.values()].filter((call) => call.account === account)
      const page = readPage(all, url, 'StartTime', (call) => call.startedAt ?? call.createdAt)
      return Response.json({ ...page.links, calls: page.items.map(callJson) })
    }),
  )
  app.get(
    `${base}/Calls/:sid{.+\\.json}`,
    route((account, { sid, url }) => Response.json(callJson(callOf(account, withoutSuffix(sid), url)))),
  )
  app.post(
    `${base}/Calls/:sid{.+\\.json}`,
    route((account, { sid, url, form }) => {
      const call = callOf(account, withoutSuffix(sid), url)
      updateCall(carrier, call, form)
      return Response.json(callJson(call))
    }),
  )
  app.get(
    `${base}/Balance.json`,
    route((account) => {
      const sent = [...carrier.messages.values()].filter((message) => message.account === account).length
      const balance = (OPENING_BALANCE - sent * PRICE_OF_TEXT).toFixed(2)
      return Response.json({ account_sid: account.accountSid, balance, currency: 'USD' })
    }),
  )
  app.get(
    `/${API_VERSION}/Accounts/:account{AC[0-9a-fA-F]+\\.json}`,
    route((account) => Response.json(accountJson(account, carrier.now()))),
  )
  app.all(`/${API_VERSION}/*`, (context) => errorAnswer(new ProviderError(20404, context.req.path)))
  return app
}

function accountSid(context: Context): string {
  return withoutSuffix(context.req.param('account') ?? '')
}

function withoutSuffix(sid: string): string {
  return sid.replace(/\.json$/, '')
}

function accountJson(account: AccountOptions, now: number): Record<string, unknown> {
  const uri = `/${API_VERSION}/Accounts/${account.accountSid}`
  return {
    auth_token: null,
    date_created: rfc2822(now),
    date_updated: rfc2822(now),
    friendly_name: 'Simulated account',
    owner_account_sid: account.accountSid,
    sid: account.accountSid,
    status: 'active',
    subresource_uris: { messages: `${uri}/Messages.json`, calls: `${uri}/Calls.json`, balance: `${uri}/Balance.json` },
    type: 'Full',
    uri: `${uri}.json`,
  }
}
