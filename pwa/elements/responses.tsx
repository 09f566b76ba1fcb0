import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import { formatMoment, formatNumber } from '../format.ts'
import { countHelp, type Filter, orderResponses } from '../state/recipient-view.ts'
import { texts } from '../texts.ts'
import { people } from '../texts-people.ts'
import { Icon } from './icon.tsx'

const NAMED = 4

interface Props {
  alert: AlertView
  /** Those who need help, as far as the list is read. */
  helpless: readonly RecipientView[]
  now: number
  filter: Filter
  onFilter(filter: Filter): void
}

/** Those who need help, first and loud, and those who cannot be reached. */
export function Urgent({ alert, helpless, now, onFilter }: Omit<Props, 'filter'>) {
  const help = countHelp(alert)
  return (
    <>
      {help > 0 && (
        <section class="card urgent" role="alert" data-testid="needs-help">
          <h2>
            <Icon name="help" />
            {texts.board.needsHelp(help)}
          </h2>
          <ul class="urgent-names">
            {helpless.slice(0, NAMED).map((one) => (
              <li key={one.id}>
                <strong>{one.name}</strong>
                <span>
                  {labelOf(alert, one.response)}
                  {one.acknowledgedAt && ` · ${formatMoment(one.acknowledgedAt, now)}`}
                </span>
              </li>
            ))}
          </ul>
          <button type="button" class="button on-colour" onClick={() => onFilter('help')}>
            {texts.board.show}
          </button>
        </section>
      )}
      {alert.unreachable > 0 && (
        <section class="card caution caution-row" data-testid="unreachable">
          <h2>
            <Icon name="warning" />
            <span>{texts.board.unreachable(alert.unreachable)}</span>
          </h2>
          <button type="button" class="button small" onClick={() => onFilter('unreachable')}>
            {texts.board.show}
          </button>
        </section>
      )}
    </>
  )
}

/** How many people stand at each answer. */
export function Responses({ alert, filter, onFilter }: Omit<Props, 'helpless' | 'now'>) {
  const silent = alert.audience - alert.counts.acknowledged
  return (
    <section class="card" aria-labelledby="responses-title">
      <h2 id="responses-title">{texts.board.responses}</h2>
      <ul class="responses">
        {orderResponses(alert.responseOptions).map((option) => (
          <ResponseRow
            key={option.code}
            name={option.label}
            loud={option.needsHelp}
            total={alert.audience}
            filter={filter}
            onFilter={onFilter}
            count={alert.responses[option.code] ?? 0}
            value={`response:${option.code}`}
          />
        ))}
        <ResponseRow
          name={texts.board.noAnswer}
          count={silent}
          value="silent"
          total={alert.audience}
          filter={filter}
          onFilter={onFilter}
        />
      </ul>
    </section>
  )
}

interface RowProps {
  name: string
  count: number
  total: number
  value: Filter
  loud?: boolean
  filter: Filter
  onFilter(filter: Filter): void
}

function ResponseRow({ name, count, total, value, loud = false, filter, onFilter }: RowProps) {
  const kind = value === 'silent' ? 'response silent' : 'response'
  return (
    <li>
      <button
        type="button"
        class={loud && count > 0 ? `${kind} loud` : kind}
        aria-pressed={filter === value}
        data-testid={`answers-${value.replace('response:', '')}`}
        onClick={() => onFilter(filter === value ? 'all' : value)}
      >
        <span class="response-name">
          {loud && <Icon name="help" />}
          {name}
        </span>
        <strong class="response-count">
          {formatNumber(count)}
          <span class="visually-hidden"> ({people(count)})</span>
        </strong>
        <svg
          class="response-bar"
          viewBox="0 0 1000 6"
          width="100%"
          height="6"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect class="response-part" width={total === 0 ? 0 : (count / total) * 1000} height="6" />
        </svg>
      </button>
    </li>
  )
}

/** The words of an answer by its code. */
export function labelOf(alert: Pick<AlertView, 'responseOptions'>, code: string | null | undefined): string {
  return alert.responseOptions.find((option) => option.code === code)?.label ?? code ?? ''
}
