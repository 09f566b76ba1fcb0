/** What `encodeURIComponent` leaves as it is and a form does not. */
const MORE = /%20|[!'()~]/g
const AS: Record<string, string> = { '%20': '+', '!': '%21', "'": '%27', '(': '%28', ')': '%29', '~': '%7E' }

/**
 * One value of a form, byte for byte as `URLSearchParams` writes it (https://url.spec.whatwg.org/#urlencoded-serializing)
 * in a fraction of the time.
 */
export function encodeValue(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(MORE, (sign) => AS[sign] ?? sign)
}

/** The form of a request as the SDK states it: a list is repeated, what is undefined is left out. */
export function encodeForm(data: Record<string, unknown>): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(data)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) form.append(name, String(one))
  }
  return form.toString()
}
