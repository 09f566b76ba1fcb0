import { serveWork } from '../workers/serve-work.ts'
import { FIRST_COUNTED, FIRST_WARM, PEOPLE, WARM_PEOPLE } from './work.ts'

/**
 * Warms up, says that it is ready, and does the counted work when told to. Answers how many messages the peer's own
 * records then say are done.
 *
 * @param send sends to so many numbers from the first on; resolves when all is done and recorded
 */
export async function serveTurn(
  send: (first: number, count: number) => Promise<void>,
  recorded: () => number | Promise<number>,
): Promise<void> {
  await send(FIRST_WARM, WARM_PEOPLE)
  await serveWork(async () => {
    await send(FIRST_COUNTED, PEOPLE)
    return { recorded: await recorded() }
  })
}
