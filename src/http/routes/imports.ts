import { applyImport, importPeople } from '../../application/people/import-people.ts'
import { importDecisions, importQuery, importResult } from '../../contract/people.ts'
import { Problem } from '../../domain/errors.ts'
import { answerWithProgress } from '../answer-with-progress.ts'
import { actorOf, param, readBody, readOnce, readQuery } from '../read-input.ts'
import { type AppContext, KEEPERS, type Route } from '../route.ts'

const FILE_LIMIT = 32 * 1024 * 1024
/** Decisions about every row of the largest file. */
const DECISIONS_LIMIT = 16 * 1024 * 1024

export const importRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/people/imports',
    rule: KEEPERS,
    summary:
      'Show what a file (CSV or vCard) would change, or change it; Accept: application/x-ndjson tells how far it is',
    query: importQuery,
    response: importResult,
    bodyLimit: FILE_LIMIT,
    async handle(c) {
      const { mode, refused, tree, columns } = readQuery(c, importQuery)
      const once = await readOnce(c)
      const upload = await readUpload(c)
      const source = { file: upload.file, tree: tree ?? null, columns: readColumns(columns ?? upload.columns) }
      return answerWithProgress(c, mode === 'preview' ? 201 : 200, (progress) =>
        importPeople(c.var.deps, actorOf(c), { ...source, mode, refused }, once, progress),
      )
    },
  },
  {
    method: 'POST',
    path: '/api/v1/people/imports/:id/apply',
    rule: KEEPERS,
    summary: 'Apply a preview exactly as it was shown, with what somebody decided about rows and missing people',
    query: importQuery.pick({ refused: true }),
    body: importDecisions,
    response: importResult,
    bodyLimit: DECISIONS_LIMIT,
    async handle(c) {
      const refused = c.req.query('refused') === undefined ? null : readQuery(c, importQuery).refused
      const once = await readOnce(c)
      const decided = { ...(await readBody(c, importDecisions)), refused }
      return answerWithProgress(c, 200, (progress) =>
        applyImport(c.var.deps, actorOf(c), param(c, 'id'), decided, once, progress),
      )
    },
  },
]

/** The file as the whole body, or in a form as its field `file` with `columns` beside it. */
async function readUpload(c: AppContext): Promise<{ file: Uint8Array; columns?: string }> {
  if (!c.req.header('content-type')?.startsWith('multipart/form-data')) {
    return { file: new Uint8Array(await c.req.arrayBuffer()) }
  }
  const { file, columns } = await c.req.parseBody()
  if (!(file instanceof File)) {
    throw new Problem('invalid', 'import.no_file', 'Send the file as the form field "file".', { field: 'file' })
  }
  const content = new Uint8Array(await file.arrayBuffer())
  return typeof columns === 'string' ? { file: content, columns } : { file: content }
}

/** @throws Problem `import.columns` when it is no JSON object of texts */
function readColumns(text: string | undefined): Record<string, string> {
  if (text === undefined || text === '') return {}
  try {
    const read: unknown = JSON.parse(text)
    const entries = typeof read === 'object' && read !== null && !Array.isArray(read) ? Object.entries(read) : null
    if (entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
      return Object.fromEntries(entries)
    }
  } catch {
    // Said below.
  }
  const message = 'Write what columns hold as JSON, such as {"Handynr":"mobile"}.'
  throw new Problem('invalid', 'import.columns', message, { field: 'columns' })
}
