import { isDomainName, isEmailAddress } from '../../domain/people/email-address.ts'
import { isPrivateName } from '../../domain/public-host.ts'

function checkHost(host: string): string | null {
  if (isPrivateName(host.replace(/\.$/, ''))) {
    return `"${host}" is a local name, which Apple's push service refuses`
  }
  return isDomainName(host) ? null : `"${host}" is not a public name`
}

function checkMail(address: string): string | null {
  if (/^(mailto|https?):/i.test(address)) return 'it names its scheme twice'
  if (address.startsWith('/')) return 'mailto: is followed by the address at once, without slashes'
  if (address.includes('?')) return 'it holds more than an address'
  const at = address.lastIndexOf('@')
  // The address is all that is allowed in a claim that services compare as text, so nothing may need an escape.
  if (at < 1 || !isEmailAddress(`${address.slice(0, at)}@example.org`) || /[%/#]/.test(address)) {
    return `"${address}" is not a mail address`
  }
  return checkHost(address.slice(at + 1))
}

/**
 * Why a VAPID subject would be refused by some push service, in words; null when it is fine. A subject is how the
 * operator of a push service reaches us (RFC 8292, 2.1): `mailto:` an address, or an `https:` page.
 */
export function checkSubject(subject: string): string | null {
  if (subject === '') return 'it is empty'
  if (/\s/.test(subject)) return 'it holds a space'
  if (/[^!-~]/.test(subject)) return 'it holds a sign beyond ASCII; write a domain in its xn-- form'
  if (subject.startsWith('mailto:')) return checkMail(subject.slice('mailto:'.length))
  if (!/^[a-z][a-z0-9+.-]*:/i.test(subject)) return 'it has no scheme; write mailto: before an address'
  if (!subject.startsWith('https://')) return 'it is neither mailto: nor https:'
  if (!URL.canParse(subject)) return 'it is not an address'
  const { hostname, username, password } = new URL(subject)
  return username !== '' || password !== '' ? 'it holds a name or password' : checkHost(hostname)
}
