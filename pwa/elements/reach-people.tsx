import { useState } from 'preact/hooks'
import type { PersonReach } from '../../src/contract/reach.ts'
import type { TreeSummary } from '../../src/contract/trees.ts'
import { upkeep } from '../api/upkeep.ts'
import { formatMoment } from '../format.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { reachTexts } from '../texts-reach.ts'
import { AskNow } from './ask-now.tsx'
import { ProblemNote } from './problem-note.tsx'
import { PROOFS } from './reach-bar.tsx'
import { channelName } from './unclear-list.tsx'

const PAGE = 20
const MOST = 500

/** People by their proof, the worst off first, with the last answer by each contact point. */
export function ReachPeople({
  trees,
  mayAsk,
}: {
  trees: readonly Pick<TreeSummary, 'id' | 'name'>[]
  mayAsk: boolean
}) {
  const [tree, setTree] = useState('')
  const [proof, setProof] = useState('')
  const [limit, setLimit] = useState(PAGE)
  const loaded = useLoad(`${tree} ${proof} ${limit}`, (signal) => upkeep.reachOfPeople(tree, proof, limit, signal))
  return (
    <section aria-labelledby="worst-title">
      <h2 id="worst-title">{reachTexts.worst}</h2>
      <div class="list-tools">
        <label class="field">
          <span>{reachTexts.tree}</span>
          <select value={tree} onChange={(event) => setTree(event.currentTarget.value)}>
            <option value="">{reachTexts.all}</option>
            {trees.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{reachTexts.state}</span>
          <select value={proof} data-testid="proof-filter" onChange={(event) => setProof(event.currentTarget.value)}>
            <option value="">{reachTexts.all}</option>
            {PROOFS.map((one) => (
              <option key={one} value={one}>
                {reachTexts.proof[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      {!loaded.value && loaded.busy && <p class="quiet">{texts.app.loading}</p>}
      {loaded.value?.items.length === 0 && <p class="empty-line">{reachTexts.nobody}</p>}
      <ul class={loaded.value?.items.length ? 'card people-list' : ''}>
        {(loaded.value?.items ?? []).map((person) => (
          <ReachRow key={person.person} person={person} mayAsk={mayAsk} />
        ))}
      </ul>
      {loaded.value?.nextCursor != null && limit < MOST && (
        <button type="button" class="button wide" onClick={() => setLimit(Math.min(MOST, limit * 2))}>
          {texts.app.more(Math.min(MOST, limit * 2) - limit)}
        </button>
      )}
    </section>
  )
}

function ReachRow({ person: { person, name, proof, points }, mayAsk }: { person: PersonReach; mayAsk: boolean }) {
  const now = Date.now()
  return (
    <li class="reach-person" data-testid="reach-person">
      <p class="reach-head">
        <a class="person-link" href={`/people/${person}`}>
          {name}
        </a>
        <span class={`status proof-word-${proof}`}>{reachTexts.proof[proof]}</span>
      </p>
      {points.length === 0 && <p class="quiet">{reachTexts.meaning.lost}</p>}
      <ul>
        {points.map((point) => (
          <li key={point.id} class="reach-point">
            <span>
              {[channelName(point.kind), point.label].filter(Boolean).join(' · ')}
              <span class="quiet">
                {[
                  reachTexts.proof[point.proof],
                  ...(point.lastProof === null ? [] : [reachTexts.lastProof(formatMoment(point.lastProof, now))]),
                ].join(', ')}
              </span>
            </span>
            {mayAsk && <AskNow point={point} name={name} />}
          </li>
        ))}
      </ul>
    </li>
  )
}
