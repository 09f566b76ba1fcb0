import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import { POST_TIMEOUT_MS, type Post, Unanswered } from '../../channels/webhook/post.ts'
import type { TargetRules } from '../target-rules.ts'

const FORBIDDEN = 'ETARGETFORBIDDEN'
const CONNECT_TIMEOUT_MS = 10_000

/** With these nothing can have been handed over. */
const NEVER_CONNECTED = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Every address of a host, as the system tells them. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

export interface GuardedPosts {
  open(rules: TargetRules): Post
  close(): void
}

/** The connections of one process to gateways, closed together. @param resolve the system's resolver */
export function openGuardedPosts(resolve: Resolve = lookup): GuardedPosts {
  const agents: Agent[] = []
  return {
    open(rules) {
      const agent = new Agent({
        connect: { lookup: allowedOnly(rules, resolve), timeout: CONNECT_TIMEOUT_MS },
        // An address is judged when a connection is made, so that none outlives its judgement for long.
        keepAliveTimeout: 10_000,
        keepAliveMaxTimeout: 60_000,
      })
      agents.push(agent)
      return guardedPost(agent, rules)
    },
    close() {
      for (const agent of agents) void agent.destroy()
    },
  }
}

/**
 * Makes one POST that goes only to where it may. It is judged by the address that is connected to, not by one that was
 * looked up before: a name that leads elsewhere the second time does not help. An address that stands in the URL is
 * never looked up, and so is judged there. Redirects are not followed.
 */
function guardedPost(agent: Agent, rules: TargetRules): Post {
  return async (url, headers, body) => {
    if (!rules.allowsUrl(url)) throw new Unanswered('forbidden', false)
    try {
      const signal = AbortSignal.timeout(POST_TIMEOUT_MS)
      const response = await request(url, { method: 'POST', headers, body, signal, dispatcher: agent })
      // Nobody reads it, and whoever is behind an address could send without end.
      response.body.on('error', () => {}).destroy()
      const named = (name: string) => [response.headers[name] ?? null].flat()[0] ?? null
      return { status: response.statusCode, retryAfter: named('retry-after'), date: named('date') }
    } catch (error) {
      throw explain(error)
    }
  }
}

/** A resolver that tells only addresses to which a connection may be made. */
function allowedOnly(rules: TargetRules, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const allowed = addresses.filter(({ address }) => rules.allowsAddress(host, address))
      const [first] = allowed
      if (!first) return callback(Object.assign(new Error('no allowed address'), { code: FORBIDDEN }), [])
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

function explain(error: unknown): Unanswered {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === FORBIDDEN) return new Unanswered('forbidden', false)
  if (error instanceof Error && error.name === 'TimeoutError') return new Unanswered('timeout', true)
  return new Unanswered('unreachable', !NEVER_CONNECTED.has(code))
}
