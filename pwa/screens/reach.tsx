import { useState } from 'preact/hooks'
import type { TreeReach } from '../../src/contract/reach.ts'
import { mayKeep } from '../access.ts'
import { upkeep } from '../api/upkeep.ts'
import { AskAll } from '../elements/ask-all.tsx'
import { CheckList } from '../elements/check-list.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { PROOFS, ReachCard } from '../elements/reach-bar.tsx'
import { ReachPeople } from '../elements/reach-people.tsx'
import { Shell } from '../elements/shell.tsx'
import { Standing } from '../elements/standing.tsx'
import { useSession } from '../state/session.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { reachTexts } from '../texts-reach.ts'

/** The ledger: who has proven to be reachable, and asking those who have not. */
export function Reach() {
  const mayAsk = mayKeep(useSession().session.account.role)
  const ledger = useLoad('reach', upkeep.reach)
  const [turn, setTurn] = useState(0)
  const rows = ledger.value?.items ?? []
  const trees = rows.flatMap(({ tree }) => tree ?? [])
  return (
    <Shell title={reachTexts.title} back="/people" asOf={ledger.at}>
      <p class="quiet">{reachTexts.lead}</p>
      <ProblemNote problem={ledger.problem} retry={ledger.reload} />
      {!ledger.value && ledger.busy && <p class="quiet">{texts.app.loading}</p>}
      <div class="columns">
        <div class="column">
          {rows.map((reach) => (
            <ReachCard key={reach.tree?.id ?? ''} reach={reach} />
          ))}
          {ledger.value && <Meanings assumed={ledger.value.assumed} />}
          {mayAsk && ledger.value && <AskAll trees={trees} onAsked={() => setTurn(turn + 1)} />}
          <Standing mayAsk={mayAsk} />
          <CheckList turn={turn} mayAsk={mayAsk} />
        </div>
        <div class="column">
          <ReachPeople trees={trees} mayAsk={mayAsk} />
        </div>
      </div>
    </Shell>
  )
}

function Meanings({ assumed }: { assumed: TreeReach['proofs'] }) {
  return (
    <details class="card unfold">
      <summary>
        <strong>{reachTexts.assumptions}</strong>
      </summary>
      <p>{reachTexts.assumedNote}</p>
      <ul class="meanings">
        {PROOFS.map((proof) => (
          <li key={proof}>
            {reachTexts.assumed(`${reachTexts.proof[proof]} (${reachTexts.meaning[proof]})`, assumed[proof])}
          </li>
        ))}
      </ul>
    </details>
  )
}
