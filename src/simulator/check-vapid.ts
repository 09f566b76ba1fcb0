import { fromBase64Url } from './decrypt-push.ts'

interface VapidVerdict {
  status: 401 | 403
  reason: string
}

const DAY_SECONDS = 86_400

function readJson(part: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(part)))
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}

async function isSigned(token: string, key: string): Promise<boolean> {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const publicKey = await crypto.subtle.importKey('raw', fromBase64Url(key), curve, false, ['verify'])
  const signed = new TextEncoder().encode(`${header}.${claims}`)
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, fromBase64Url(signature), signed)
}

/**
 * Checks an Authorization header as push services do (RFC 8292): form, audience, lifetime of a day at most, subject,
 * signature, and the key the subscription was made with, if any. Returns what is wrong, or nothing.
 */
export async function checkVapid(
  authorization: string | null,
  expected: { origin: string; now: number; applicationServerKey: string | null },
): Promise<VapidVerdict | undefined> {
  if (authorization === null) return { status: 401, reason: 'MissingAuthorization' }
  const fields = /^vapid\s+(.*)$/i.exec(authorization)?.[1] ?? ''
  const token = /(?:^|,)\s*t=([\w.-]+)/.exec(fields)?.[1]
  const key = /(?:^|,)\s*k=([\w-]+=*)/.exec(fields)?.[1]
  if (!token || !key) return { status: 403, reason: 'BadAuthorization' }
  try {
    const [header = '', claims = ''] = token.split('.')
    const { alg } = readJson(header)
    const { aud, exp, sub } = readJson(claims)
    const seconds = expected.now / 1000
    if (alg !== 'ES256') return { status: 403, reason: 'BadJwtToken' }
    if (aud !== expected.origin) return { status: 403, reason: 'BadJwtToken' }
    if (typeof exp !== 'number' || exp <= seconds) return { status: 403, reason: 'ExpiredJwtToken' }
    if (exp > seconds + DAY_SECONDS) return { status: 403, reason: 'BadJwtToken' }
    if (typeof sub !== 'string' || !isSubject(sub)) return { status: 403, reason: 'BadJwtToken' }
    const bound = expected.applicationServerKey?.replace(/=+$/, '')
    if (bound && bound !== key.replace(/=+$/, '')) return { status: 403, reason: 'VapidPkHashMismatch' }
    if (!(await isSigned(token, key))) return { status: 403, reason: 'BadJwtToken' }
  } catch {
    return { status: 403, reason: 'BadJwtToken' }
  }
  return undefined
}

/** One service refuses `mailto:mailto:` and addresses at localhost, so all are refused here. */
function isSubject(subject: string): boolean {
  return /^mailto:[^@\s:]+@(?!localhost$)[^@\s]+$/.test(subject) || /^https:\/\/(?!localhost\b)\S+$/.test(subject)
}
