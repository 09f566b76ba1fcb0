/** Where the carrier finds us. */
export interface CallbackBase {
  /** What the carrier sees, without a slash at the end. */
  publicUrl: string
  /** The carrier's name in our configuration. */
  name: string
}

/** As it stands in an address of ours. */
export function encodeParameter(value: string): string {
  return encodeURIComponent(value).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * Our own callback address. It never holds a raw quote or plus sign: servers on the way read those in two ways, which
 * would break the signature. Parameters that are null are left out.
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
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}
