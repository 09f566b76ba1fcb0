import { useMemo, useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import { mayRaise } from '../access.ts'
import { service } from '../api/service.ts'
import { BoardCards } from '../elements/board-cards.tsx'
import { CarrierLines } from '../elements/carrier-lines.tsx'
import { EndAlert } from '../elements/end-alert.tsx'
import { EndsSoon } from '../elements/extend-alert.tsx'
import { Freshness } from '../elements/freshness.tsx'
import { Ladder, Progress } from '../elements/funnel.tsx'
import { KindBand } from '../elements/kind-mark.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { RecipientList } from '../elements/recipient-list.tsx'
import { ReportLink, ReportLinks } from '../elements/report-links.tsx'
import { Responses, Urgent } from '../elements/responses.tsx'
import { Shell } from '../elements/shell.tsx'
import { SoundSwitch } from '../elements/sound-switch.tsx'
import { SteerAlert } from '../elements/steer-alert.tsx'
import { QuorumLine, StrategyLine } from '../elements/strategy-line.tsx'
import { Summary } from '../elements/summary.tsx'
import { Timeline } from '../elements/timeline.tsx'
import { UnclearList } from '../elements/unclear-list.tsx'
import { Updates } from '../elements/updates.tsx'
import { Waiting } from '../elements/waiting.tsx'
import { formatMoment } from '../format.ts'
import { countHelp, type Filter, helpCodes, orderRecipients } from '../state/recipient-view.ts'
import { useSession } from '../state/session.ts'
import { useBoard } from '../state/use-board.ts'
import { useNow } from '../state/use-now.ts'
import { texts } from '../texts.ts'
import { NotFound } from './elsewhere.tsx'

const CLOSE = { button: texts.board.close, title: texts.board.closeTitle, confirm: texts.board.closeButton }

/** Where an alert stands, moving by itself. */
export function BoardScreen({ alert: id }: { alert: string }) {
  const board = useBoard(id)
  const { role } = useSession().session.account
  const { alert } = board
  if (board.gone) return <NotFound title={texts.board.unknown} body={texts.board.unknownBody} />
  return (
    <Shell
      title={alert ? alert.title : texts.app.loading}
      back="/"
      ownFreshness
      band={alert && <KindBand kind={alert.kind} />}
      actions={
        <div class="board-actions">
          <Freshness board={board} />
          {alert && alert.state !== 'open' && <ReportLink alert={alert.id} />}
          {alert && alert.state === 'open' && mayRaise(role) && (
            <EndAlert
              words={{ ...CLOSE, body: texts.board.closeBody(alert.audience + alert.added.people) }}
              testId="close-alert"
              end={() => service.close(alert.id)}
              onEnded={board.refetch}
            />
          )}
        </div>
      }
    >
      <ProblemNote problem={board.problem} retry={board.refetch} />
      {!alert && !board.problem && <p class="quiet">{texts.app.loading}</p>}
      {alert && <BoardBody board={board} alert={alert} />}
    </Shell>
  )
}

function BoardBody({ board, alert }: { board: ReturnType<typeof useBoard>; alert: AlertView }) {
  const [filter, setFilter] = useState<Filter>('all')
  const { role } = useSession().session.account
  const now = useNow(30_000) + board.clockOffset
  const help = useMemo(() => helpCodes(alert.responseOptions), [alert.id])
  const ordered = useMemo(() => orderRecipients(board.recipients.values(), help), [board.recipients, help])
  const helpless = ordered.filter((one) => one.response !== undefined && help.has(one.response))
  const show = (next: Filter) => {
    setFilter(next)
    if (next !== 'all') document.getElementById('recipients-title')?.scrollIntoView({ block: 'start' })
  }
  return (
    <>
      <Summary alert={alert} />
      <div class="board-facts">
        <p class="quiet">
          {texts.board.raised(formatMoment(alert.raisedAt, now), alert.raisedBy)} · {texts.board.code(alert.code)} ·{' '}
          {stateWords(alert, now)}
        </p>
        <StrategyLine spread={alert} />
        <QuorumLine alert={alert} />
        <details class="board-message">
          <summary>{texts.board.message}</summary>
          <p class="message-body">{alert.body}</p>
        </details>
      </div>
      <EndsSoon alert={alert} now={now} may={mayRaise(role)} onExtended={board.refetch} />
      <Updates alert={alert} now={now} />
      <Progress alert={alert} />
      {alert.state === 'open' && mayRaise(role) && <SteerAlert alert={alert} onDone={board.refetch} />}
      <div class="columns board-columns">
        <div class="column">
          <UnclearList alert={alert.id} answers={board.unclear} now={now} onSettled={board.refetch} />
          {alert.state === 'open' && <Waiting recipients={ordered} />}
          <Urgent alert={alert} helpless={helpless} now={now} onFilter={show} />
          <Ladder alert={alert} filter={filter} onFilter={show} />
          <Responses alert={alert} filter={filter} onFilter={show} />
          <BoardCards alert={alert} stirredBy={board.timeline[0]?.id} now={now} />
          <SoundSwitch help={countHelp(alert)} unclear={alert.unclear} />
        </div>
        <div class="column">
          <RecipientList
            alert={alert}
            ordered={ordered}
            complete={board.complete}
            clockOffset={board.clockOffset}
            filter={filter}
            onFilter={setFilter}
          />
          {alert.state === 'open' && <CarrierLines alert={alert} now={now} />}
          <Timeline entries={board.timeline} now={now} />
          <ReportLinks alert={alert.id} />
        </div>
      </div>
    </>
  )
}

function stateWords(alert: AlertView, now: number): string {
  if (alert.state === 'open') return texts.board.endsAt(formatMoment(alert.endsAt, now))
  if (alert.state === 'expired') return texts.board.expired
  const words = { closed: texts.board.closedAt, cancelled: texts.steer.cancelledAt, in_error: texts.steer.inErrorAt }
  return words[alert.state](formatMoment(alert.closedAt ?? alert.endsAt, now))
}
