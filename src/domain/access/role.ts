export const ROLES = ['commander', 'administrator', 'risk_manager', 'responder'] as const
export type Role = (typeof ROLES)[number]

/** Who is acting: a signed-in person, a machine with a key, the host's shell, or the service itself. */
export type Actor =
  | { kind: 'account'; id: string; name: string; role: Role; personId: string | null }
  | { kind: 'key'; id: string; name: string; role: Role; mayRaise: string[] | null }
  | { kind: 'host' }
  | { kind: 'service' }

/** How an actor is named in records. */
export function nameOf(actor: Actor): string {
  return actor.kind === 'account' || actor.kind === 'key' ? `${actor.kind}:${actor.id}` : actor.kind
}
