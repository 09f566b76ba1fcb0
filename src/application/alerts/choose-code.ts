import { DAY } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'

/** No code is used again for this long after its alert has ended, so that a late reply never meets another alert. */
const REST = 7 * DAY

/** Four digits that no open or recent alert has; five once half of those are taken. Never starts with 0. */
export async function chooseCode(deps: Deps): Promise<string> {
  const taken = new Set(await deps.store.alerts.codesSince(deps.clock() - REST))
  const digits = taken.size < 4500 ? 4 : 5
  const low = 10 ** (digits - 1)
  for (;;) {
    const code = String(low + Math.floor(deps.chance() * 9 * low))
    if (!taken.has(code)) return code
  }
}
