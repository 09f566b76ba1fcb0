import type { AlertView } from '../../src/contract/alerts.ts'
import { formatMoment } from '../format.ts'
import type { PendingRaise } from '../offline/pending-raises.ts'
import { findRaised, forgetRaise } from '../state/raise-once.ts'
import { useSession } from '../state/session.ts'
import type { Loaded } from '../state/use-load.ts'
import { useNow } from '../state/use-now.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

interface Props {
  pending: readonly PendingRaise[]
  alerts: Loaded<AlertView[]>
}

/** Says of which alerts it is not known whether they were raised, and what the list of alerts says to that. */
export function PendingRaises({ pending, alerts }: Props) {
  return pending.map((raise) => <PendingRaiseNote key={raise.key} raise={raise} alerts={alerts} />)
}

function PendingRaiseNote({ raise, alerts }: { raise: PendingRaise; alerts: Loaded<AlertView[]> }) {
  const { account } = useSession().session
  const now = useNow(30_000)
  const read = alerts.value !== null && (alerts.at ?? 0) > raise.at
  const alike = findRaised(raise, account.name, alerts.value ?? [])
  const when = formatMoment(new Date(raise.at).toISOString(), now)
  const query = new URLSearchParams({ template: raise.body.template, kind: raise.body.kind })
  for (const tree of raise.body.trees) query.append('tree', tree)
  return (
    <section class="card caution" role="alert" data-testid="raise-pending">
      <h2>
        <Icon name="warning" />
        <span>
          {texts.raise.pending(texts.kind[raise.body.kind], raise.template)} {texts.raise.pendingTo(raise.trees, when)}
        </span>
      </h2>
      {alike.map((alert) => (
        <p key={alert.id}>
          <a href={`/alerts/${alert.id}`} onClick={() => forgetRaise(raise.key)}>
            {texts.raise.alike(formatMoment(alert.raisedAt, now))}
          </a>
        </p>
      ))}
      {read && alike.length === 0 && <p>{texts.raise.noneAlike}</p>}
      <div class="caution-actions">
        <button type="button" class="button small" onClick={alerts.reload}>
          {texts.raise.check}
        </button>
        <a class="button small" href={`/raise?${query}`}>
          {texts.raise.again}
        </a>
        <button type="button" class="button small quiet-button" onClick={() => forgetRaise(raise.key)}>
          {texts.raise.forget}
        </button>
      </div>
    </section>
  )
}
