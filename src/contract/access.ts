import { z } from 'zod'
import { KEY_ROLES, ROLES } from '../domain/access/role.ts'
import { id, isoTime, line, name } from './shapes.ts'

export const signIn = z.strictObject({ token: z.string().min(16).max(200) })

export const session = z.object({
  account: z.object({ id, name: z.string(), role: z.enum(ROLES), person: id.nullable() }),
  organisation: z.object({ name: z.string(), demo: z.boolean(), language: z.string(), region: z.string() }),
  /** The key with which the browser subscribes to push; null where push is not set up. */
  vapidPublicKey: z.string().nullable(),
  expiresAt: isoTime,
})
export type SessionView = z.infer<typeof session>

export const invitationBody = z.strictObject({
  name: name(200),
  role: z.enum(ROLES),
  person: id.optional(),
})
export const invitation = z.object({ id, link: z.url(), expiresAt: isoTime })

/** An account with what it could be used by now. */
export const account = z.object({
  id,
  name: z.string(),
  role: z.enum(ROLES),
  person: id.nullable(),
  createdAt: isoTime,
  /** Until when a one-time link of it is still good; null when none is. */
  linkUntil: isoTime.nullable(),
  /** In how many places it is signed in. */
  sessions: z.int(),
})
export type AccountView = z.infer<typeof account>

/** One place where an account is signed in. */
export const openSession = z.object({
  id,
  createdAt: isoTime,
  expiresAt: isoTime,
  /** Whether it is the one that asks. */
  current: z.boolean(),
})

export const keyBody = z.strictObject({
  name: name(80),
  role: z.enum(KEY_ROLES),
  /** Names of the templates that the key may raise; absent: those that its role may. */
  mayRaise: z.array(z.string().min(1)).max(100).optional(),
  expiresAt: isoTime.optional(),
})
export const key = z.object({
  id,
  name: z.string(),
  role: z.enum(KEY_ROLES),
  mayRaise: z.array(z.string()).nullable(),
  createdAt: isoTime,
  expiresAt: isoTime.nullable(),
  lastUsedAt: isoTime.nullable(),
})
export const newKey = key.extend({ secret: z.string() })

export const pushSubscription = z.strictObject({
  endpoint: z.url().max(2_000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({ p256dh: z.string().min(80).max(100), auth: z.string().min(16).max(32) }),
  device: line(80).default(''),
})
