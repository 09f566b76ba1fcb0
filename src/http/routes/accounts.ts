import { endSessions, listSessions, removeAccount } from '../../application/access/end-access.ts'
import { invite } from '../../application/access/sign-in.ts'
import { toIso } from '../../application/alerts/view-alert.ts'
import type { AccountUse } from '../../application/ports/access-store.ts'
import { type AccountView, account, invitation, invitationBody, openSession } from '../../contract/access.ts'
import { page } from '../../contract/shapes.ts'
import { actorOf, param, readBody, readOnce, readPage } from '../read-input.ts'
import { ADMINISTRATORS, type Route } from '../route.ts'
import { viewOpenSession } from './sessions.ts'

export const accountRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/accounts/invitations',
    rule: ADMINISTRATORS,
    summary: 'Invite somebody by a one-time link',
    body: invitationBody,
    response: invitation,
    async handle(c) {
      const once = await readOnce(c)
      const made = await invite(c.var.deps, actorOf(c), await readBody(c, invitationBody), once)
      return c.json({ ...made, expiresAt: toIso(made.expiresAt) }, 201)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/accounts',
    rule: ADMINISTRATORS,
    summary: 'Everybody who can sign in, by name',
    response: page(account),
    async handle(c) {
      const { store, clock } = c.var.deps
      const { items, nextCursor } = await store.access.accounts(readPage(c), clock())
      return c.json({ items: items.map(viewAccount), nextCursor })
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/accounts/:id',
    rule: ADMINISTRATORS,
    summary: 'Remove an account; it is signed out everywhere at once. Not your own, and not the last administrator',
    async handle(c) {
      await removeAccount(c.var.deps, actorOf(c), param(c, 'id'))
      return c.body(null, 204)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/accounts/:id/sessions',
    rule: ADMINISTRATORS,
    summary: 'Where an account is signed in, newest first',
    response: page(openSession),
    async handle(c) {
      const found = await listSessions(c.var.deps, param(c, 'id'))
      return c.json({ items: found.map((one) => viewOpenSession(c, one)), nextCursor: null })
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/accounts/:id/sessions',
    rule: ADMINISTRATORS,
    summary: 'Sign an account out everywhere, as for a lost phone',
    async handle(c) {
      await endSessions(c.var.deps, actorOf(c), param(c, 'id'))
      return c.body(null, 204)
    },
  },
]

function viewAccount({ personId, createdAt, linkUntil, ...rest }: AccountUse): AccountView {
  return {
    ...rest,
    person: personId,
    createdAt: toIso(createdAt),
    linkUntil: linkUntil === null ? null : toIso(linkUntil),
  }
}
