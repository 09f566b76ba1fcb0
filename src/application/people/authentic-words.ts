import type { MyWords } from '../../contract/people.ts'
import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import type { AuthenticWord } from '../../domain/messages/message.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { WordNumber } from '../ports/alert-store.ts'
import type { Vault } from '../ports/vault.ts'

/** As many as a year needs with a drill every week and as many alerts again. */
const ON_A_CARD = 104

/** The word that every message of an alert to a recipient carries; null before the first contact. */
export function wordOf(
  vault: Pick<Vault, 'authenticWord'>,
  { personId, word }: { personId: string; word: WordNumber | null },
): AuthenticWord | null {
  return word && { number: word.number, word: vault.authenticWord(personId, word.series, word.number) }
}

/** The signed-in person's next words: their own, and nobody else's. @throws Problem `account.no_person` */
export async function showMyWords(deps: Deps, actor: Actor): Promise<MyWords> {
  const personId = personOf(actor)
  const { series, used } = await findWords(deps, personId)
  const numbers = Array.from({ length: ON_A_CARD }, (_, index) => used + 1 + index)
  const items = numbers.map((number) => ({ number, word: deps.vault.authenticWord(personId, series, number) }))
  return { series, items }
}

/**
 * Voids the words of a card that was lost. Numbers go on, so that none is used twice. What has gone out stays as it is.
 * The series that was seen is given, so that a request that is sent again renews once.
 *
 * @throws Problem `account.no_person`
 */
export async function renewMyWords(deps: Deps, actor: Actor, seen: number): Promise<MyWords> {
  const personId = personOf(actor)
  await findWords(deps, personId)
  await deps.store.commit([
    deps.store.people.renewWords(personId, seen),
    auditedIfChanged(deps, actor, 'person.renew_words', personId),
  ])
  return showMyWords(deps, actor)
}

async function findWords(deps: Deps, personId: string): Promise<{ series: number; used: number }> {
  const found = await deps.store.people.words(personId)
  if (!found) throw noPerson()
  return found
}

function personOf(actor: Actor): string {
  if (actor.kind === 'account' && actor.personId !== null) return actor.personId
  throw noPerson()
}

function noPerson(): Problem {
  return new Problem('conflict', 'account.no_person', 'This account is not linked to a person who can be alerted.')
}
