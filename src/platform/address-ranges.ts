import {
  convertIPv4MappedIPv6ToIPv4,
  convertIPv4ToBinary,
  convertIPv6ToBinary,
  isIPv4MappedIPv6,
} from 'hono/utils/ipaddr'

interface Address {
  bits: 32 | 128
  value: bigint
}

/** A block of IP addresses: those that share its first `prefix` bits. */
export interface AddressRange extends Address {
  prefix: number
}

/** An IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`, RFC 4291, 2.5.5.2) is the IPv4 address. */
function readAddress(text: string): Address | null {
  try {
    if (!text.includes(':')) return { bits: 32, value: convertIPv4ToBinary(text) }
    const value = convertIPv6ToBinary(text)
    return isIPv4MappedIPv6(value) ? { bits: 32, value: convertIPv4MappedIPv6ToIPv4(value) } : { bits: 128, value }
  } catch {
    return null
  }
}

/** Reads one address or a block in CIDR notation (RFC 4632, 3.1; RFC 4291, 2.3); null when it is neither. */
export function readAddressRange(text: string): AddressRange | null {
  const [written = '', length, ...more] = text.split('/')
  const address = readAddress(written)
  if (!address || more.length > 0) return null
  if (length === undefined) return { ...address, prefix: address.bits }
  const mapped = written.includes(':') && address.bits === 32
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) - (mapped ? 96 : 0) : -1
  return prefix >= 0 && prefix <= address.bits ? { ...address, prefix } : null
}

/** Whether an IP address lies in one of the blocks; what is no address lies in none. */
export function isWithin(ranges: readonly AddressRange[], text: string): boolean {
  const address = readAddress(text)
  if (!address) return false
  return ranges.some(({ bits, value, prefix }) => {
    const rest = BigInt(bits - prefix)
    return bits === address.bits && value >> rest === address.value >> rest
  })
}
