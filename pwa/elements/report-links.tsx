import { texts } from '../texts.ts'

/** The report as a page. */
export function ReportLink({ alert }: { alert: string }) {
  return (
    <a class="button small" href={`/reports/${alert}`}>
      {texts.board.report}
    </a>
  )
}

/** The report as a page and as files. */
export function ReportLinks({ alert }: { alert: string }) {
  const base = `/api/v1/reports/${alert}`
  return (
    <p class="report-links">
      <ReportLink alert={alert} />
      <a class="button small quiet-button" href={`${base}.csv`} download>
        CSV<span class="visually-hidden"> {texts.board.report}</span>
      </a>
      <a class="button small quiet-button" href={`${base}.json`} download>
        JSON<span class="visually-hidden"> {texts.board.report}</span>
      </a>
    </p>
  )
}
