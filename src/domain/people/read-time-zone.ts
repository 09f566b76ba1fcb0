/**
 * The IANA name of the time zone that a text names, in any case; undefined when there is none. Offsets such as `+02:00`
 * are no time zones: they are wrong for half of the year.
 */
export function readTimeZone(raw: string): string | undefined {
  const text = raw.trim().replace(/\s+/g, '_')
  if (!/^[a-z]/i.test(text) || /^(?:gmt|utc)[+-]/i.test(text)) return undefined
  try {
    const canonical = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
    return isProperlyWritten(text) ? text : canonical
  } catch {
    return undefined
  }
}

/** Engines answer with old names for some zones (Calcutta for Kolkata): a name in its usual case is kept as written. */
function isProperlyWritten(text: string): boolean {
  return /^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_+\d-]*)+$|^UTC$/.test(text)
}
