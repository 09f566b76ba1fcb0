import { useEffect } from 'preact/hooks'
import { service } from '../api/service.ts'
import { AnswerPanel } from '../elements/answer-panel.tsx'
import { KindBand } from '../elements/kind-mark.tsx'
import { MyCards } from '../elements/my-cards.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { formatMoment } from '../format.ts'
import { useLoad } from '../state/use-load.ts'
import { useNow } from '../state/use-now.ts'
import { texts } from '../texts.ts'

/** One alert as it is addressed to me, with the answers within reach of the thumb. */
export function MyAlertScreen({ alert: id }: { alert: string }) {
  const mine = useLoad('all', (signal) => service.myAlerts(signal), { snapshot: 'mine', every: 15_000 })
  const now = useNow(30_000)
  const alert = mine.value?.find((one) => one.id === id)
  const opened = alert !== undefined && mine.problem === null && !mine.busy
  useEffect(() => {
    // Only a report that it was opened; the answer is what counts.
    if (opened) service.opened(id).catch(() => undefined)
  }, [id, opened])
  return (
    <Shell
      title={alert?.title ?? texts.home.forYou}
      back="/"
      asOf={mine.at}
      band={alert && <KindBand kind={alert.kind} />}
      actions={alert && <AnswerPanel alert={alert} onAnswered={mine.reload} />}
    >
      <ProblemNote problem={mine.problem} retry={mine.reload} />
      {!alert && mine.busy && <p class="quiet">{texts.app.loading}</p>}
      {!alert && mine.value && !mine.busy && <p>{texts.mine.gone}</p>}
      {alert && (
        <article class="my-alert">
          <p class="quiet">
            {texts.mine.from(alert.organisation, formatMoment(alert.raisedAt, now))} · {texts.mine.code(alert.code)}
            {alert.word && ` · ${texts.words.word(alert.word.number, alert.word.word)}`}
          </p>
          {alert.state !== 'open' && <p class="note">{texts.mine.ended[alert.state]}</p>}
          <p class="my-alert-body">{alert.body}</p>
          {alert.kind === 'live' && <p class="danger-line">{texts.mine.danger}</p>}
        </article>
      )}
      {alert && <MyCards alert={alert} />}
    </Shell>
  )
}
