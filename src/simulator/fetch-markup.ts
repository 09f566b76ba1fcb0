import type { CallRecord, Carrier } from './carrier.ts'
import { elementsOf, type MarkupElement, parseMarkup } from './markup.ts'
import { callParams } from './report-call-progress.ts'

interface FetchedMarkup {
  url: string
  /** The verbs; nothing when there was no usable document. */
  document: MarkupElement[] | undefined
}

/** The verbs of a document, or nothing and a line in the debugger (12100) when it is not well-formed. */
export function readVerbs(carrier: Carrier, call: CallRecord, source: string): MarkupElement[] | undefined {
  try {
    const root = parseMarkup(source)
    if (root.name === 'Response') return elementsOf(root)
    carrier.report(12100, call.sid, `Document parse failure: <${root.name}> instead of <Response>`)
  } catch (error) {
    carrier.report(12100, call.sid, `Document parse failure: ${error instanceof Error ? error.message : error}`)
  }
  return undefined
}

/** Asks a webhook what the call shall do next; the call's FallbackUrl is asked when it fails. */
export async function fetchMarkup(
  carrier: Carrier,
  call: CallRecord,
  url: string,
  method: 'GET' | 'POST',
  extra: Record<string, string>,
): Promise<FetchedMarkup> {
  const params = { ...callParams(call), ...extra }
  const document = await askOnce(carrier, call, url, method, params)
  if (document || call.fallbackUrl === null || call.fallbackUrl === url) return { url, document }
  const error = carrier.debugger.findLast((event) => event.sid === call.sid)
  const failure = { ErrorCode: String(error?.code ?? 11200), ErrorUrl: url }
  const fallback = call.fallbackUrl
  return { url: fallback, document: await askOnce(carrier, call, fallback, 'POST', { ...params, ...failure }) }
}

async function askOnce(
  carrier: Carrier,
  call: CallRecord,
  url: string,
  method: 'GET' | 'POST',
  params: Record<string, string>,
): Promise<MarkupElement[] | undefined> {
  const answer = await carrier.callbacks.ask({ account: call.account, sid: call.sid, url, method, params })
  if (!answer?.ok) return undefined
  const type = answer.headers.get('Content-Type') ?? ''
  if (!/^(text|application)\/([\w.-]+\+)?xml/.test(type)) {
    carrier.report(12300, call.sid, `Invalid Content-Type: ${type}`)
    return undefined
  }
  return readVerbs(carrier, call, await answer.text())
}
