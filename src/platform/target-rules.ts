import { isAddress, isPublicAddress, isPublicHost } from '../domain/public-host.ts'
import { type AddressRange, isWithin, readAddressRange } from './address-ranges.ts'

/** What an operator allows beside the public internet: a block of addresses, or a host by its name. */
export type AllowedTarget = AddressRange | { host: string }

/** Reads one entry of `allowedTargets`; null when it is neither address, block nor host name. */
export function readAllowedTarget(text: string): AllowedTarget | null {
  const range = readAddressRange(text)
  if (range) return range
  const host = text.toLowerCase()
  return URL.parse(`https://${host}/`)?.host === host && !isAddress(host) ? { host } : null
}

/** Where messages may be sent to addresses that people have typed. */
export interface TargetRules {
  /**
   * By what stands in the URL: https to what is public or allowed, plain http to what is allowed by its name or address.
   * A name that is public says nothing yet of where it leads.
   */
  allowsUrl(url: URL): boolean
  /** By the address that a host's name has led to. */
  allowsAddress(host: string, address: string): boolean
}

/** Nothing private but what is allowed; a host that is allowed by name may lead anywhere. */
export function createTargetRules(allowed: readonly AllowedTarget[]): TargetRules {
  const hosts = new Set(allowed.flatMap((one) => ('host' in one ? [one.host] : [])))
  const ranges = allowed.flatMap((one) => ('host' in one ? [] : [one]))
  const isNamed = (host: string) => hosts.has(plainHost(host)) || isWithin(ranges, plainHost(host))
  return {
    allowsUrl(url) {
      if (url.username !== '' || url.password !== '') return false
      if (isNamed(url.hostname)) return url.protocol === 'https:' || url.protocol === 'http:'
      return url.protocol === 'https:' && isPublicHost(url.hostname)
    },
    allowsAddress: (host, address) => isNamed(host) || isWithin(ranges, address) || isPublicAddress(address),
  }
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}
