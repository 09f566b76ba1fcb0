// RFC 8292 check as a push service does it. Returns null, or what is wrong.
import { createPublicKey, verify } from 'node:crypto'

const unb64 = (s) => Buffer.from(s, 'base64url')

export function checkVapid(authorization, registeredKey, origin) {
  const m = /^vapid\s+t=([^,\s]+),\s*k=([^,\s]+)$/i.exec(authorization ?? '')
  if (!m) return 'no vapid header'
  const [h, p, sig] = m[1].split('.')
  const raw = unb64(m[2]) // uncompressed P-256 point, 65 bytes
  if (registeredKey && !raw.equals(registeredKey)) return 'key differs from applicationServerKey'
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: raw.subarray(1, 33).toString('base64url'),
    y: raw.subarray(33).toString('base64url'),
  }
  const ok = verify(
    'sha256',
    Buffer.from(`${h}.${p}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    unb64(sig),
  )
  if (!ok) return 'bad signature'
  const c = JSON.parse(unb64(p))
  if (c.aud !== origin) return `aud ${c.aud} != ${origin}`
  const now = Date.now() / 1000
  if (!(c.exp > now && c.exp <= now + 86400)) return 'bad exp'
  if (!/^(mailto:|https:)/.test(c.sub ?? '')) return 'bad sub'
  return null
}
