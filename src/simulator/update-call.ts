import type { CallRecord, Carrier } from './carrier.ts'
import { endCall } from './end-call.ts'
import { ProviderError } from './provider-error.ts'
import { readMethod, readUrl } from './read-request.ts'

/** Changes a call through the API. Throws 21220 when it has no call to redirect, 20001 for another Status. */
export function updateCall(carrier: Carrier, call: CallRecord, form: URLSearchParams): void {
  const status = form.get('Status')
  const url = readUrl(form, 'Url', 21205)
  const markup = form.get('Twiml')
  if (status !== null && status !== 'completed' && status !== 'canceled') throw new ProviderError(20001, 'Status')
  if (url !== null || markup) {
    if (call.status !== 'in-progress' || !call.session) throw new ProviderError(21220)
    call.session.redirect(url, markup, readMethod(form, 'Method'))
  }
  const rings = call.status === 'queued' || call.status === 'ringing'
  if (status === 'canceled' && rings) endCall(carrier, call, 'canceled')
  if (status === 'completed') endCall(carrier, call, rings ? 'canceled' : 'completed')
}
