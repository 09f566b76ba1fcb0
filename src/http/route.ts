import type { Context } from 'hono'
import type { z } from 'zod'
import type { Deps } from '../application/deps.ts'
import type { Actor, KeyRole } from '../domain/access/role.ts'

/**
 * Who may use a route:
 * - a list of roles, for signed-in people and keys;
 * - `public`: anyone, because nothing about people is told or changed;
 * - `signature`: a carrier that proves itself by its signature;
 * - `token`: a carrier that cannot sign and proves itself by the secret in the address and by where it calls from;
 * - `link`: whoever holds the unguessable token in the address.
 */
export type Rule = readonly KeyRole[] | 'public' | 'signature' | 'token' | 'link'

/** Set by the command line only: a symbol cannot be sent over a network. */
export const HOST: unique symbol = Symbol('the host itself')

/** The IP address that a request came from, as the home knows it: a symbol too, so that no header can pose as it. */
export const SOURCE: unique symbol = Symbol('where a request came from')

export interface AppEnv {
  Bindings: { [HOST]?: true; [SOURCE]?: string | null }
  Variables: {
    deps: Deps
    actor: Actor | null
    session: string | null
    sessionEnds: number | null
    /** Asks again whether whoever was let in would be let in now, for answers that go on for hours. */
    mayStill: () => Promise<boolean>
  }
}
export type AppContext = Context<AppEnv>

/** A route cannot be written down without its rule: what is not in the table does not exist. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  rule: Rule
  /** Also open to keys that may only raise named templates; everything else is closed to them. */
  forRaisingKeys?: true
  /** One line for the API's documentation. */
  summary: string
  body?: z.ZodType
  query?: z.ZodType
  response?: z.ZodType
  /** Bytes that a body may have; 1 MB where nothing is said. */
  bodyLimit?: number
  handle: (c: AppContext) => Response | Promise<Response>
}

export const ALL_ROLES = ['commander', 'administrator', 'risk_manager', 'responder'] as const
export const STAFF = ['commander', 'administrator', 'risk_manager'] as const
export const ADMINISTRATORS = ['administrator'] as const
export const RAISERS = ['commander'] as const
export const KEEPERS = ['administrator', 'commander'] as const
export const DIRECTORIES = ['directory'] as const
