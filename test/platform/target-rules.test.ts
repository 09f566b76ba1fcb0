import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createTargetRules, readAllowedTarget } from '../../src/platform/target-rules.ts'

const rulesFor = (...allowed: string[]) => createTargetRules(allowed.flatMap((one) => readAllowedTarget(one) ?? []))
const allows = (address: string, ...allowed: string[]) => rulesFor(...allowed).allowsUrl(new URL(address))

/** Every way to name a place inside a network that is known to get past such a check somewhere. */
const HOSTILE = [
  'http://gateway.example.org/',
  'ftp://gateway.example.org/',
  'https://user:word@gateway.example.org/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://gateway.localhost/',
  'https://gateway.local/',
  'https://gateway.internal/',
  'https://router/',
  'https://127.0.0.1/',
  'https://127.0.0.1./',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.0x0.0x0.0x1/',
  'https://017700000001/',
  'https://0177.0.0.01/',
  'https://%31%32%37.0.0.1/',
  'https://①②⑦.0.0.1/',
  'https://127。0。0。1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://100.64.0.1/',
  'https://100.127.255.254/',
  'https://169.254.169.254/latest/meta-data/',
  'https://2852039166/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.0.0.192/',
  'https://192.0.2.1/',
  'https://192.168.0.1/',
  'https://198.18.0.1/',
  'https://203.0.113.1/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::127.0.0.1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:0:127.0.0.1]/',
  'https://[::ffff:8.8.8.8]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b::169.254.169.254]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[100::1]/',
  'https://[2001::1]/',
  'https://[2001:db8::1]/',
  'https://[2001:0db8::1]/',
  'https://[2002:7f00:1::]/',
  'https://[3fff::1]/',
  'https://[5f00::1]/',
  'https://[fc00::1]/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[ff02::1]/',
]

describe('where an alert may be posted', () => {
  test.each(HOSTILE)('not to %s', (address) => expect(allows(address)).toBe(false))

  test.each([
    'https://gateway.example.org/terminal/7',
    'https://gateway.example.org:8443/terminal/7',
    'https://172.32.0.1/',
    'https://100.128.0.1/',
    'https://[2606:4700::1]/',
  ])('but to %s', (address) => expect(allows(address)).toBe(true))

  it('also into a network of our own where a setting names it, there by plain http too', () => {
    expect(allows('http://192.168.7.9:8080/', '192.168.7.0/24')).toBe(true)
    expect(allows('https://0xc0a80709/', '192.168.7.0/24')).toBe(true)
    expect(allows('http://192.168.8.9/', '192.168.7.0/24')).toBe(false)
    expect(allows('http://[fd12::9]/', 'fd12::/16')).toBe(true)
    expect(allows('http://[::ffff:192.168.7.9]/', '192.168.7.0/24')).toBe(true)
    expect(allows('http://Radio.local/', 'radio.local')).toBe(true)
    expect(allows('http://radio.local./', 'radio.local')).toBe(true)
    expect(allows('http://other.radio.local/', 'radio.local')).toBe(false)
    expect(allows('https://user:word@radio.local/', 'radio.local')).toBe(false)
    expect(allows('http://gateway.example.org/', '192.168.7.0/24')).toBe(false)
  })

  it('not to a private address that a public name leads to, but where that is allowed', () => {
    const { allowsAddress } = rulesFor('192.168.7.0/24', 'radio.local')
    for (const address of ['127.0.0.1', '169.254.169.254', '192.168.8.1', '::1', 'fe80::1%eth0', '::ffff:10.0.0.1']) {
      expect(allowsAddress('gateway.example.org', address)).toBe(false)
    }
    for (const address of ['192.168.7.9', '::ffff:192.168.7.9', '2606:4700::1', '172.32.0.1']) {
      expect(allowsAddress('gateway.example.org', address)).toBe(true)
    }
    expect(allowsAddress('radio.local', '10.0.0.1')).toBe(true)
  })

  it('judges an IPv4 address alike, however it is written', () => {
    const octet = fc.nat(255)
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), ([a, b, c, d]) => {
        const value = ((a * 256 + b) * 256 + c) * 256 + d
        const judged = allows(`https://${a}.${b}.${c}.${d}/`)
        const hex = value.toString(16)
        const octal = value.toString(8)
        for (const other of [String(value), `0x${hex}`, `0${octal}`, `${a}.${(b * 256 + c) * 256 + d}`]) {
          expect(allows(`https://${other}/`)).toBe(judged)
        }
        if (!judged) expect(allows(`https://[64:ff9b::${a}.${b}.${c}.${d}]/`)).toBe(false)
        expect(allows(`https://[::ffff:${a}.${b}.${c}.${d}]/`)).toBe(false)
      }),
    )
  })

  test.each(['', 'http://radio.local', 'radio.local/7', 'radio.local:8080', 'a b', '192.168.7.0/33', '256.1.1.1'])(
    'a setting of "%s" names nothing',
    (text) => expect(readAllowedTarget(text)).toBeNull(),
  )
})
