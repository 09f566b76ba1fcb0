import { exportPeople } from '../../application/people/export-people.ts'
import { exportQuery } from '../../contract/people.ts'
import { writeSenderCard } from '../../domain/people/write-sender-card.ts'
import { actorOf, readQuery } from '../read-input.ts'
import { type AppContext, KEEPERS, type Route } from '../route.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', vcf: 'text/vcard; charset=utf-8' } as const

export const exportRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/people/export.csv',
    rule: KEEPERS,
    summary: 'Everybody as a CSV that the import reads back, with who reports to whom in a tree',
    query: exportQuery,
    handle: async (c) => answerFile(c, 'people', 'csv', await exportAs(c, 'csv')),
  },
  {
    method: 'GET',
    path: '/api/v1/people/export.vcf',
    rule: KEEPERS,
    summary: 'Everybody as address cards (vCard 4.0) that the import reads back',
    query: exportQuery,
    handle: async (c) => answerFile(c, 'people', 'vcf', await exportAs(c, 'vcard')),
  },
  {
    method: 'GET',
    path: '/api/v1/sender.vcf',
    rule: 'public',
    summary: 'The card of this service, with every number that alerts may come from, for phones to let through',
    handle(c) {
      const { carriers, settings } = c.var.deps
      const senders = [...new Set(carriers.flatMap((carrier) => carrier.senders ?? []))]
      const card = writeSenderCard({
        organisation: settings.organisation,
        url: settings.publicUrl,
        // An alphanumeric sender is no number that a phone could know.
        numbers: senders.filter((sender) => sender.startsWith('+')),
        mailAddresses: senders.filter((sender) => sender.includes('@')),
      })
      return answerFile(c, 'alerts', 'vcf', card)
    },
  },
]

function exportAs(c: AppContext, format: 'csv' | 'vcard'): Promise<string> {
  return exportPeople(c.var.deps, actorOf(c), format, readQuery(c, exportQuery).tree ?? null)
}

function answerFile(c: AppContext, name: string, extension: keyof typeof TYPES, content: string): Response {
  const disposition = `attachment; filename="${name}.${extension}"`
  return c.body(content, 200, { 'content-type': TYPES[extension], 'content-disposition': disposition })
}
