/** Special-purpose IPv4 addresses: https://www.iana.org/assignments/iana-ipv4-special-registry */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
const PRIVATE_NAME =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|onion|test|invalid)$/

/** A name that means something in one network only. */
export function isPrivateName(host: string): boolean {
  return PRIVATE_NAME.test(host.toLowerCase())
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function isPublicV4(address: string): boolean {
  const value = numberOf(address)
  return !SPECIAL_V4.some(([start, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(value / size) === Math.floor(numberOf(start) / size)
  })
}

/**
 * Only what is routed in public today, 2000::/3 (https://www.iana.org/assignments/ipv6-address-space), without the
 * ranges that carry an IPv4 address inside (6to4, Teredo) or are for documentation. All others are no public ones, among
 * them loopback, link-local, unique local, NAT64 and IPv4-mapped addresses.
 */
function isPublicV6(address: string): boolean {
  const [first = '', second = ''] = address.split(':')
  const head = Number.parseInt(first, 16)
  if (!(head >= 0x2000 && head <= 0x3fff)) return false
  if (head === 0x2001) return Number.parseInt(second || '0', 16) >= 0x200 && !/^0?db8$/i.test(second)
  return head !== 0x2002 && head !== 0x3fff
}

const LITERAL_V4 = /^\d+(\.\d+){3}$/

/** Whether a host is an IP address as `URL` or the resolver writes it, IPv6 with or without brackets. */
export function isAddress(host: string): boolean {
  return LITERAL_V4.test(host) || host.includes(':')
}

/** Whether an IP address lies in the public internet. */
export function isPublicAddress(host: string): boolean {
  return LITERAL_V4.test(host) ? isPublicV4(host) : isPublicV6(host.replace(/^\[|\]$/g, ''))
}

/**
 * Whether a host, as `URL` writes it, may lie in the public internet. `URL` has brought every way to write an IPv4
 * address (2130706433, 0x7f.1) to its usual form. A public name that resolves to a private address is not seen here.
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  return isAddress(host) ? isPublicAddress(host) : host.includes('.') && !isPrivateName(host)
}
