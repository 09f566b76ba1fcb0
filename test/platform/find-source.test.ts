import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AddressRange, isWithin, readAddressRange } from '../../src/platform/address-ranges.ts'
import { readEnvironment } from '../../src/platform/config.ts'
import { findSource } from '../../src/platform/node/find-source.ts'

const ranges = (...texts: string[]): AddressRange[] => texts.flatMap((text) => readAddressRange(text) ?? [])
const PROXIES = ranges('127.0.0.1', '10.0.0.0/8', 'fd00::/8')

describe('a block of addresses', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.0/24', '::ffff:192.0.2.1', true],
    ['::ffff:192.0.2.0/120', '192.0.2.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::1', '0:0:0:0:0:0:0:1', true],
  ])('%s holds %s: %s', (range, address, held) => {
    expect(isWithin(ranges(range), address)).toBe(held)
  })

  it.each([
    '',
    'localhost',
    '192.0.2',
    '192.0.2.1/33',
    '192.0.2.1/',
    '192.0.2.1/-1',
    '192.0.2.1/8/8',
    '::1/129',
    '01.2.3.4',
  ])('is not read from "%s"', (text) => expect(readAddressRange(text)).toBeNull())

  it('holds no text that is not an address', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isWithin(ranges('0.0.0.0/0', '::/0'), `x${text}`)).toBe(false)
      }),
    )
  })
})

describe('where a request came from', () => {
  it('is the peer, when nobody forwarded it', () => {
    expect(findSource('192.0.2.7', null, PROXIES)).toBe('192.0.2.7')
    expect(findSource('127.0.0.1', null, PROXIES)).toBe('127.0.0.1')
    expect(findSource(undefined, null, PROXIES)).toBeNull()
  })

  it('is whom the first trusted proxy saw, whatever a stranger put in front', () => {
    expect(findSource('127.0.0.1', '192.0.2.7', PROXIES)).toBe('192.0.2.7')
    expect(findSource('127.0.0.1', '127.0.0.1, 192.0.2.7', PROXIES)).toBe('192.0.2.7')
    expect(findSource('127.0.0.1', '127.0.0.1, 192.0.2.7 ,10.1.2.3', PROXIES)).toBe('192.0.2.7')
    expect(findSource('::ffff:127.0.0.1', '10.9.9.9,10.1.2.3', PROXIES)).toBe('10.9.9.9')
  })

  it('is not told when somebody forwarded it who is not trusted, so that such a proxy lends its address to nobody', () => {
    expect(findSource('192.0.2.7', '127.0.0.1', PROXIES)).toBeNull()
    expect(findSource('127.0.0.1', '192.0.2.7', [])).toBeNull()
  })

  it('is not told when the list holds what is no address', () => {
    for (const list of ['', 'unknown', '127.0.0.1, unknown', '192.0.2.7:5060', '_hidden,10.1.1.1']) {
      expect(findSource('127.0.0.1', list, PROXIES)).toBeNull()
    }
  })

  it('is never an address that only untrusted ones have named', () => {
    const untrusted = fc.ipV4().filter((address) => !isWithin(PROXIES, address))
    fc.assert(
      fc.property(fc.array(fc.ipV4()), untrusted, (forged, real) => {
        expect(findSource('127.0.0.1', [...forged, real].join(', '), PROXIES)).toBe(real)
      }),
    )
  })

  it('trusts the proxies that the environment names, and refuses a list that it cannot read', () => {
    expect(readEnvironment({ TOCSIN_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' }).TOCSIN_TRUSTED_PROXIES).toHaveLength(2)
    expect(readEnvironment({}).TOCSIN_TRUSTED_PROXIES).toEqual([])
    expect(() => readEnvironment({ TOCSIN_TRUSTED_PROXIES: 'proxy.example.org' })).toThrow(/^TOCSIN_TRUSTED_PROXIES/)
  })
})
