import { mayKeep } from '../access.ts'
import { Shell } from '../elements/shell.tsx'
import { WeakList } from '../elements/weak-list.tsx'
import { useSession } from '../state/session.ts'
import { treeTexts } from '../texts-trees.ts'

/** What is weak about all people and trees. */
export function Weak() {
  const { role } = useSession().session.account
  return (
    <Shell title={treeTexts.weak.title} back="/trees">
      <p class="quiet">{treeTexts.weak.lead}</p>
      <WeakList tree={null} mayEdit={mayKeep(role)} />
    </Shell>
  )
}
