import type { TreeReach } from '../../src/contract/reach.ts'
import { formatNumber, formatShare } from '../format.ts'
import { reachTexts } from '../texts-reach.ts'
import { channelName } from './unclear-list.tsx'

export type Proof = keyof TreeReach['proofs']
export const PROOFS: readonly Proof[] = ['proven', 'ageing', 'stale', 'never', 'lost']

const GAP = 0.6

/** How far one tree, or everybody, is proven to be reachable: a bar, the numbers in words, and a table behind them. */
export function ReachCard({ reach }: { reach: TreeReach }) {
  const name = reach.tree?.name ?? reachTexts.everybody
  return (
    <section class="card reach-card" aria-label={name} data-testid="reach">
      <p class="reach-head">
        <strong>{name}</strong>
        <span class="quiet">{reachTexts.people(reach.people)}</span>
      </p>
      <Bar proofs={reach.proofs} people={reach.people} />
      <ul class="proofs">
        {PROOFS.map((proof) => (
          <li key={proof}>
            <Swatch proof={proof} />
            {reachTexts.proof[proof]} <strong>{formatNumber(reach.proofs[proof])}</strong>
          </li>
        ))}
      </ul>
      {reach.expected !== null && (
        <p data-testid="expected">{reachTexts.expected(formatShare(Math.round(reach.expected * 100), 100))}</p>
      )}
      <details>
        <summary>{reachTexts.table}</summary>
        <ReachTable name={name} reach={reach} />
      </details>
    </section>
  )
}

function Bar({ proofs, people }: { proofs: TreeReach['proofs']; people: number }) {
  let x = 0
  return (
    <svg class="reach-bar" viewBox="0 0 100 12" preserveAspectRatio="none" width="100%" height="20" aria-hidden="true">
      {people > 0 &&
        PROOFS.map((proof) => {
          const width = (proofs[proof] / people) * 100
          const from = x
          x += width
          return (
            width > 0 && (
              <rect
                key={proof}
                class={`proof-${proof}`}
                x={from}
                y="0"
                width={Math.max(0.4, width - GAP)}
                height="12"
              />
            )
          )
        })}
    </svg>
  )
}

function Swatch({ proof }: { proof: Proof }) {
  return (
    <svg class="swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <rect class={`proof-${proof}`} width="12" height="12" rx="2" />
    </svg>
  )
}

function ReachTable({ name, reach }: { name: string; reach: TreeReach }) {
  const rows: [string, TreeReach['proofs']][] = [
    [reachTexts.best, reach.proofs],
    ...Object.entries(reach.channels).map(([kind, counts]): [string, TreeReach['proofs']] => [
      channelName(kind),
      counts,
    ]),
  ]
  return (
    <table aria-label={reachTexts.tableOf(name)}>
      <thead>
        <tr>
          <th scope="col">{reachTexts.by}</th>
          {PROOFS.map((proof) => (
            <th key={proof} scope="col">
              {reachTexts.proof[proof]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([way, counts]) => (
          <tr key={way}>
            <th scope="row">{way}</th>
            {PROOFS.map((proof) => (
              <td key={proof}>{formatNumber(counts[proof])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
