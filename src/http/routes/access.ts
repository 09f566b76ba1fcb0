import { z } from 'zod'
import { createKey, revokeKey } from '../../application/access/sign-in.ts'
import { toIso } from '../../application/alerts/view-alert.ts'
import type { Key } from '../../application/ports/access-store.ts'
import { key, keyBody, newKey } from '../../contract/access.ts'
import { page } from '../../contract/shapes.ts'
import { actorOf, param, readBody, readOnce, readPage } from '../read-input.ts'
import { ADMINISTRATORS, type Route } from '../route.ts'

const auditEntry = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  act: z.string(),
  subject: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})

export const accessRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/keys',
    rule: ADMINISTRATORS,
    summary: 'Keys of machines, without their secrets',
    response: page(key),
    async handle(c) {
      return c.json({ items: (await c.var.deps.store.access.keys()).map(viewKey), nextCursor: null })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/keys',
    rule: ADMINISTRATORS,
    summary: 'Make a key; its secret is shown this once',
    body: keyBody,
    response: newKey,
    async handle(c) {
      const once = await readOnce(c)
      const { expiresAt, ...body } = await readBody(c, keyBody)
      const until = expiresAt === undefined ? undefined : Date.parse(expiresAt)
      const { secret, ...made } = await createKey(c.var.deps, actorOf(c), { ...body, expiresAt: until }, once)
      return c.json({ ...viewKey(made), secret }, 201)
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    rule: ADMINISTRATORS,
    summary: 'Revoke a key',
    async handle(c) {
      await revokeKey(c.var.deps, actorOf(c), param(c, 'id'))
      return c.body(null, 204)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/audit',
    rule: ['administrator', 'risk_manager'],
    summary: 'Every act, newest first',
    response: page(auditEntry),
    async handle(c) {
      const { items, nextCursor } = await c.var.deps.store.records.auditEntries(readPage(c))
      return c.json({ items: items.map((entry) => ({ ...entry, at: toIso(entry.at) })), nextCursor })
    },
  },
]

function viewKey({ createdBy: _, ...row }: Key) {
  return {
    ...row,
    createdAt: toIso(row.createdAt),
    expiresAt: row.expiresAt === null ? null : toIso(row.expiresAt),
    lastUsedAt: row.lastUsedAt === null ? null : toIso(row.lastUsedAt),
  }
}
