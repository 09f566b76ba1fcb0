import type { z } from 'zod'
import type { Once } from '../application/once.ts'
import type { PageRequest } from '../application/ports/page.ts'
import { pageQuery } from '../contract/shapes.ts'
import type { Actor } from '../domain/access/role.ts'
import { Problem } from '../domain/errors.ts'
import type { AppContext } from './route.ts'

/** The body as JSON of a shape. @throws Problem `body.not_json`, `input.invalid` with the field */
export async function readBody<Shape extends z.ZodType>(c: AppContext, shape: Shape): Promise<z.infer<Shape>> {
  let body: unknown
  try {
    const text = await c.req.text()
    body = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new Problem('malformed', 'body.not_json', 'The body is not JSON.', { field: 'body' })
  }
  return check(shape, body)
}

export function readQuery<Shape extends z.ZodType>(c: AppContext, shape: Shape): z.infer<Shape> {
  return check(shape, c.req.query())
}

export function readPage(c: AppContext): PageRequest {
  const { cursor, limit } = readQuery(c, pageQuery)
  return { cursor: cursor ?? null, limit }
}

function check<Shape extends z.ZodType>(shape: Shape, value: unknown): z.infer<Shape> {
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const field = [...(issue?.path ?? []), ...keys.slice(0, 1)].join('.')
  throw new Problem('invalid', 'input.invalid', `${field || 'The request'}: ${issue?.message ?? 'is not right'}`, {
    field,
  })
}

/**
 * The version that the client saw (`If-Match`); null when it does not say, or says `*`: any.
 *
 * @throws Problem `if_match.malformed`: nothing is overwritten for somebody who meant to be careful
 */
export function readVersion(c: AppContext): number | null {
  const header = c.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return null
  const version = /^(?:(?:W\/)?"(\d{1,15})"|(\d{1,15}))$/.exec(header)
  if (version) return Number(version[1] ?? version[2])
  const message = 'If-Match holds no version. Send the one that the ETag showed, such as "3".'
  throw new Problem('malformed', 'if_match.malformed', message, { field: 'If-Match' })
}

/** The idempotency key of a creating request; null when it has none. */
export async function readOnce(c: AppContext): Promise<Once | null> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return null
  if (key.length === 0 || key.length > 200) {
    throw new Problem('invalid', 'idempotency.key', 'An Idempotency-Key has 1 to 200 characters.', {
      field: 'Idempotency-Key',
    })
  }
  const body = new Uint8Array(await c.req.arrayBuffer())
  const { pathname, search } = new URL(c.req.url)
  const text = new TextEncoder().encode(`${c.req.method} ${pathname}${search}\n`)
  const whole = new Uint8Array(text.length + body.length)
  whole.set(text)
  whole.set(body, text.length)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
  return { key, requestHash: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') }
}

/** Whoever the access rule let in. */
export function actorOf(c: AppContext): Actor {
  const { actor } = c.var
  if (actor === null) throw new Error('a route for signed-in actors was reached without one')
  return actor
}

/** A part of the path that the route names. */
export function param(c: AppContext, name: string): string {
  return c.req.param(name) ?? ''
}
