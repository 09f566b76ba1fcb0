const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/i
const MAIL = /^[^\s@,;<>()[\]\\]+@([^\s@,;<>()[\]\\]+)$/

function checkHost(host: string): string | null {
  if (LOCAL_NAME.test(host)) return `"${host}" is a local name, which Apple's push service refuses`
  if (!host.includes('.') || /^[\d.]+$|^\[/.test(host)) return `"${host}" is not a public name`
  return null
}

/**
 * Why a VAPID subject would be refused by some push service, in words; null when it is fine. A subject is how the
 * operator of a push service reaches us (RFC 8292, 2.1): `mailto:` an address, or an `https:` page.
 */
export function checkSubject(subject: string): string | null {
  if (subject === '') return 'it is empty'
  if (/\s/.test(subject)) return 'it holds a space'
  if (subject.startsWith('mailto:')) {
    const address = subject.slice('mailto:'.length)
    if (/^(mailto|https?):/i.test(address)) return 'it names its scheme twice'
    const host = MAIL.exec(address)?.[1]
    return host === undefined ? `"${address}" is not a mail address` : checkHost(host)
  }
  if (!/^[a-z][a-z0-9+.-]*:/i.test(subject)) return 'it has no scheme; write mailto: before an address'
  if (!subject.startsWith('https://')) return 'it is neither mailto: nor https:'
  return URL.canParse(subject) ? checkHost(new URL(subject).hostname) : 'it is not an address'
}
