export const ROLES = ['commander', 'administrator', 'risk_manager', 'responder'] as const
export type Role = (typeof ROLES)[number]

/** What a key may be: also that of a directory, which pushes people and may do nothing else. Nobody signs in as that. */
export const KEY_ROLES = [...ROLES, 'directory'] as const
export type KeyRole = (typeof KEY_ROLES)[number]

/** Who is acting: a signed-in person, a machine with a key, the host's shell, or the service itself. */
export type Actor =
  | { kind: 'account'; id: string; name: string; role: Role; personId: string | null }
  | { kind: 'key'; id: string; name: string; role: KeyRole; mayRaise: string[] | null }
  /** Somebody who mends what is stored about them, by a link that only they were sent. */
  | { kind: 'person'; id: string; name: string }
  | { kind: 'host' }
  | { kind: 'service' }

/** Whether it is the key of a sensor or a monitor: it may raise the templates that it names, and nothing else. */
export function isRaisingKey(actor: Actor): boolean {
  return actor.kind === 'key' && actor.mayRaise !== null
}

/** Whether a template is one that this actor's key names, or the key names none; its role is another matter. */
export function mayRaise(actor: Actor, template: string): boolean {
  return actor.kind !== 'key' || actor.mayRaise === null || actor.mayRaise.includes(template)
}

/** How an actor is named to people. */
export function displayNameOf(actor: Actor): string {
  if (actor.kind === 'account' || actor.kind === 'person') return actor.name
  return actor.kind === 'key' ? `key "${actor.name}"` : `the ${actor.kind}`
}

/** How an actor is named in the audit log: by id, so that a name can be erased. */
export function nameOf(actor: Actor): string {
  return 'id' in actor ? `${actor.kind}:${actor.id}` : actor.kind
}
