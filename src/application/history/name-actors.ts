import type { Deps } from '../deps.ts'

/** What people call those whom the record names, such as `account:…`; those of whom it has no name stay as they are. */
export async function nameActors(
  deps: Pick<Deps, 'store'>,
  actors: readonly string[],
): Promise<(actor: string) => string> {
  const ids = new Set(actors.flatMap((actor) => actor.split(':').slice(1)))
  const names = new Map([
    ...(await deps.store.access.namesOf([...ids])),
    ...(await deps.store.people.namesOf([...ids])),
  ])
  return (actor) => {
    const [kind, id] = actor.split(':')
    if (id === undefined) return kind === 'host' || kind === 'service' ? `the ${kind}` : actor
    const name = names.get(id)
    if (name === undefined) return actor
    return kind === 'key' ? `key "${name}"` : name
  }
}
