// Throw-away CA + leaf for localhost, made with the openssl CLI (on every Debian).
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
export function makeCert(names = ['localhost']) {
  const d = mkdtempSync(join(tmpdir(), 'cert-'))
  const o = (...a) => execFileSync('openssl', a, { cwd: d, stdio: 'pipe' })
  o(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=sample test CA',
  )
  o(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'k.pem',
    '-out',
    'c.csr',
    '-subj',
    '/CN=localhost',
  )
  writeFileSync(
    join(d, 'ext'),
    `subjectAltName=${names.map((n) => `DNS:${n}`).join(',')},IP:127.0.0.1\nextendedKeyUsage=serverAuth\n`,
  )
  o(
    'x509',
    '-req',
    '-in',
    'c.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-out',
    'c.pem',
    '-extfile',
    'ext',
  )
  const r = (f) => readFileSync(join(d, f))
  return { ca: r('ca.pem'), caPath: join(d, 'ca.pem'), key: r('k.pem'), cert: r('c.pem') }
}
