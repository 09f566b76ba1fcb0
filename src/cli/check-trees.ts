import type { WeaknessList } from '../contract/trees.ts'
import { AlreadySaid } from './refusal.ts'
import { readAll, type Session } from './session.ts'

type Weakness = WeaknessList['items'][number]

/** More of one kind than this only fill the screen: the rest is in the app, and all of it with `--json`. */
const MOST_SHOWN = 20

/** Says what is weak about people and trees. @throws AlreadySaid where somebody may not be reached because of it */
export async function checkTrees(session: Session, name: string | undefined, span: string | undefined): Promise<void> {
  const path = name === undefined ? '/trees/weaknesses' : `/trees/${encodeURIComponent(name)}/weaknesses`
  const found = await readAll<Weakness>(session, path, span === undefined ? {} : { span })
  session.say(found, describe(found))
  if (found.some(({ severity }) => severity === 'serious')) throw new AlreadySaid()
}

function describe(found: readonly Weakness[]): string {
  if (found.length === 0) return 'Nothing is weak.'
  const groups = [...Map.groupBy(found, ({ code }) => code).values()]
  return groups
    .flatMap((group) => {
      const shown = group.slice(0, MOST_SHOWN).map(describeOne)
      const left = group.length - shown.length
      return left > 0 ? [...shown, `  … and ${left} more of this kind (all of them: --json).`] : shown
    })
    .join('\n')
}

function describeOne({ severity, tree, reason, mends }: Weakness): string {
  const where = tree === undefined ? '' : `"${tree.name}": `
  const [mend] = mends
  return `${severity === 'serious' ? '!' : '-'} ${where}${reason}${mend ? `\n    ${mend.label}?` : ''}`
}
