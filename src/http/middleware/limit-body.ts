import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '../../domain/errors.ts'
import type { AppEnv } from '../route.ts'

/**
 * Refuses bodies that are larger than so many bytes. Hono's own limit asks every request for its body as a stream, which
 * makes a whole `Request` of it; where the length is given, and the server holds the sender to it, the number is enough.
 *
 * @throws Problem `body.too_large`
 */
export function limitBody(maxSize: number): MiddlewareHandler<AppEnv> {
  const byReading = bodyLimit({ maxSize, onError: refuse })
  return (c, next) => {
    const { headers } = c.req.raw
    const length = headers.get('content-length')
    if (length === null || headers.has('transfer-encoding')) return byReading(c, next)
    return Number(length) <= maxSize ? next() : refuse()
  }
}

function refuse(): never {
  throw new Problem('too_large', 'body.too_large', 'The request is larger than this service takes.', { field: 'body' })
}
