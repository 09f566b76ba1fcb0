import type { AlertView } from '../../src/contract/alerts.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

type Kind = AlertView['kind']

/** LIVE or DRILL as a small mark: told apart by word, sign, fill and colour. */
export function KindMark({ kind }: { kind: Kind }) {
  return (
    <span class={`mark mark-${kind}`}>
      <Icon name={kind} />
      {texts.kind[kind]}
    </span>
  )
}

/** LIVE or DRILL across the whole width. */
export function KindBand({ kind }: { kind: Kind }) {
  const [word, ...rest] = (kind === 'live' ? texts.kind.liveLine : texts.kind.drillLine).split(':')
  return (
    <p class={`band band-${kind}`}>
      <Icon name={kind} />
      <span>
        <strong>{word}</strong>
        {rest.length > 0 && ':'}
        {rest.join(':')}
      </span>
    </p>
  )
}
