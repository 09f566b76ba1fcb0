import { useId, useState } from 'preact/hooks'
import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import { formatMoment, formatSpan } from '../format.ts'
import type { BoardRecipient } from '../state/board-state.ts'
import { whyWaiting } from '../state/recipient-view.ts'
import { isNotContacted } from '../state/say-strategy.ts'
import { texts } from '../texts.ts'
import { strategyTexts } from '../texts-strategy.ts'
import { Icon } from './icon.tsx'
import { RecipientDetail } from './recipient-detail.tsx'
import { labelOf } from './responses.tsx'
import { RungSign } from './rung-sign.tsx'
import { channelName } from './unclear-list.tsx'

interface Props {
  alert: AlertView
  recipient: BoardRecipient
  needsHelp: boolean
  /** By the service's clock. */
  now: number
}

/** One person: where the message stands with them, and on demand everything that was tried. */
export function RecipientRow({ alert, recipient, needsHelp, now }: Props) {
  const [open, setOpen] = useState(false)
  const detail = useId()
  const silent = recipient.rung !== 'acknowledged'
  return (
    <li class={needsHelp ? 'recipient loud' : 'recipient'} data-testid="recipient" data-rung={recipient.rung}>
      <button
        type="button"
        class="recipient-head"
        aria-expanded={open}
        aria-controls={open ? detail : undefined}
        onClick={() => setOpen(!open)}
      >
        {needsHelp ? <Icon name="help" /> : <RungSign rung={recipient.rung} />}
        <span class="recipient-words">
          <strong class="recipient-name">{recipient.name}</strong>
          {recipient.addedAt !== undefined && <span class="quiet">{texts.steer.addedMark}</span>}
          <span class="recipient-state">
            {silent ? texts.rung[recipient.rung] : <b>{labelOf(alert, recipient.response)}</b>}
            {` · ${alert.state === 'open' && isNotContacted(recipient) ? strategyTexts.strategy.waits : sayMore(recipient, now, alert)}`}
          </span>
          {silent && recipient.unreachable !== undefined && (
            <span class="recipient-unreachable">
              <Icon name="warning" />
              {recipient.unreachable}
            </span>
          )}
        </span>
        <Icon name="chevron" />
      </button>
      {open && <RecipientDetail id={detail} alert={alert} recipient={recipient} />}
    </li>
  )
}

function sayMore(one: BoardRecipient, now: number, alert: AlertView): string {
  if (one.rung === 'acknowledged') {
    const by = one.onBehalfBy === undefined ? channelOf(one) : texts.board.onBehalf(one.onBehalfBy)
    return [by, one.acknowledgedAt && formatMoment(one.acknowledgedAt, now)].filter(Boolean).join(' · ')
  }
  // Whoever is still planned has been so since the alert was raised, however often a carrier was tried.
  const since = one.rung === 'planned' ? (one.addedAt ?? alert.raisedAt) : one.rungSince
  const parts = [texts.board.quietFor(formatSpan(now - Date.parse(since)))]
  if (alert.state === 'open' && whyWaiting(one)) parts.push(texts.board.lastTryFailed)
  if (alert.state === 'open' && one.nextAt !== undefined) {
    const wait = Date.parse(one.nextAt) - now
    parts.push(wait > 0 ? texts.board.nextIn(formatSpan(wait)) : texts.board.nextDue)
  }
  return parts.join(' · ')
}

function channelOf(one: RecipientView): string {
  return one.channel === undefined ? '' : texts.board.by(channelName(one.channel))
}
