/** Where the carrier finds us. */
export interface CallbackBase {
  /** What the carrier sees, without a slash at the end. */
  publicUrl: string
  /** The carrier's name in our configuration. */
  name: string
}

/**
 * Asks the provider to repeat a callback that could not be brought, was not answered, or was refused because nothing could
 * be written; by itself it repeats only, and once, what cannot connect. Five repeats are the most, within fifteen seconds
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). What stands behind the `#` is never sent,
 * and the signature leaves it out.
 */
export const REPEATS = '#rc=5&rp=ct,rt,5xx'

/** As it stands in an address of ours. */
export function encodeParameter(value: string): string {
  return encodeURIComponent(value).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * Our own callback address. It never holds a raw quote or plus sign: servers on the way read those in two ways, which
 * would break the signature. Parameters that are null are left out. What cannot be taken now is asked for again.
 */
export function callbackUrl(
  { publicUrl, name }: CallbackBase,
  topic: 'status' | 'voice',
  parameters: Record<string, string | null>,
): string {
  const query = Object.entries(parameters).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${encodeParameter(value)}`],
  )
  const path = `${publicUrl}/callbacks/${encodeParameter(name)}/${topic}`
  return `${path}${query.length === 0 ? '' : '?'}${query.join('&')}${REPEATS}`
}
