export type WebhookReading = { ok: true; address: string } | { ok: false; code: 'webhook.malformed'; reason: string }

const LONGEST = 320

/**
 * The address of a gateway to a satellite terminal or radio: an absolute URL with https, without user and fragment. With
 * plain http only the operator's settings can allow it, so that it is told apart where it is saved or used.
 */
export function readWebhookAddress(raw: string): WebhookReading {
  const url = URL.parse(raw.trim())
  const fits = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (fits && url.hash === '' && url.href.length <= LONGEST) return { ok: true, address: url.href }
  return {
    ok: false,
    code: 'webhook.malformed',
    reason: 'This is not an address of the form https://gateway.example.org/path.',
  }
}
