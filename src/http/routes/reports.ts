import { makeReport } from '../../application/reports/make-report.ts'
import { report } from '../../contract/reports.ts'
import { REPORT_CSS } from '../../domain/reports/report-css.ts'
import { writeCsv } from '../../domain/reports/write-csv.ts'
import { writePage } from '../../domain/reports/write-page.ts'
import { param } from '../read-input.ts'
import { type AppContext, type Route, STAFF } from '../route.ts'

type Form = 'json' | 'csv' | 'html'

export const reportRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/reports.css',
    rule: 'public',
    summary: 'How report pages look',
    handle: (c) => c.body(REPORT_CSS, 200, { 'content-type': 'text/css; charset=utf-8' }),
  },
  {
    method: 'GET',
    path: '/api/v1/reports/:file',
    rule: STAFF,
    summary: 'The report of an alert, by suffix .json .csv .html or by Accept',
    response: report,
    async handle(c) {
      const { id, form } = readForm(c)
      const made = await makeReport(c.var.deps, id)
      if (form === 'json') return c.json(made)
      if (form === 'html') return c.html(writePage(made))
      const name = `attachment; filename="report-${made.alert.raisedAt.slice(0, 10)}.csv"`
      return c.body(writeCsv(made), 200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': name })
    },
  },
]

function readForm(c: AppContext): { id: string; form: Form } {
  const match = /^(.+?)(?:\.(json|csv|html))?$/.exec(param(c, 'file'))
  const accept = c.req.header('accept') ?? ''
  const accepted: Form = accept.includes('text/html') ? 'html' : accept.includes('text/csv') ? 'csv' : 'json'
  return { id: match?.[1] ?? '', form: (match?.[2] as Form | undefined) ?? accepted }
}
