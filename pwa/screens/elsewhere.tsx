import { useEffect } from 'preact/hooks'
import { Shell } from '../elements/shell.tsx'
import { texts } from '../texts.ts'

/** An address that is none of the app's. */
export function NotFound() {
  return (
    <Shell title={texts.app.notFound}>
      <p>
        <a class="button" href="/">
          {texts.app.toHome}
        </a>
      </p>
    </Shell>
  )
}

/** Reports are pages of the service. */
export function ReportRedirect({ alert }: { alert: string }) {
  useEffect(() => location.replace(`/api/v1/reports/${alert}.html`), [alert])
  return (
    <Shell title={texts.board.report}>
      <p class="quiet">{texts.app.reportOpening}</p>
    </Shell>
  )
}
