import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import type { CallbackRequest } from '../../application/ports/carrier.ts'

/** Form fields as the provider's check wants them: a repeated key is a list. No prototype, for a key may be anything. */
function paramsOf(form: URLSearchParams): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = Object.create(null)
  for (const key of new Set(form.keys())) {
    const [first = '', ...more] = form.getAll(key)
    params[key] = more.length === 0 ? first : [first, ...more]
  }
  return params
}

/**
 * Whether the provider signed exactly this request, by the provider's own check, which compares in constant time
 * (https://www.twilio.com/docs/usage/security). The address is taken as given, byte for byte.
 */
export function verifySignature(authToken: string, request: CallbackRequest, form: URLSearchParams): boolean {
  const signature = request.headers.get('x-twilio-signature')
  if (!signature || !URL.canParse(request.url)) return false
  return validateRequest(authToken, signature, request.url, paramsOf(form))
}
