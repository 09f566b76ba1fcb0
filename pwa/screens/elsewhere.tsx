import { useEffect } from 'preact/hooks'
import { Refused } from '../api/request.ts'
import { service } from '../api/service.ts'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'

/** An address that is none of the app's, or of nothing that exists. */
export function NotFound({ title = texts.app.notFound, body }: { title?: string; body?: string }) {
  return (
    <Shell title={title}>
      {body && <p>{body}</p>}
      <p>
        <a class="button" href="/">
          {texts.app.toHome}
        </a>
      </p>
    </Shell>
  )
}

/** Reports are pages of the service, which answers in words for machines what it cannot show: that is found out before. */
export function ReportRedirect({ alert }: { alert: string }) {
  const found = useLoad(alert, (signal) => service.alert(alert, signal))
  const there = found.value !== null
  useEffect(() => {
    if (there) location.replace(`/api/v1/reports/${alert}.html`)
  }, [alert, there])
  if (found.problem instanceof Refused && found.problem.status === 404) {
    return <NotFound title={texts.board.unknown} body={texts.board.unknownBody} />
  }
  return (
    <Shell title={texts.board.report}>
      <ProblemNote problem={found.problem} retry={found.reload} />
      {!found.problem && <p class="quiet">{texts.app.reportOpening}</p>}
    </Shell>
  )
}
