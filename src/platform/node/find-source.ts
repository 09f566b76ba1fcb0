import { type AddressRange, isWithin } from '../address-ranges.ts'

/**
 * The IP address that a request came from: the peer of the connection, or what trusted proxies say in X-Forwarded-For,
 * read from the right, where each has appended whom it saw. Null where that cannot be told: somebody who is not trusted
 * forwarded the request, or the list holds what is no address. A proxy that nobody has named thus never lends its own
 * address to strangers.
 */
export function findSource(
  peer: string | undefined,
  forwardedFor: string | null,
  trusted: readonly AddressRange[],
): string | null {
  if (peer === undefined) return null
  let source = peer
  const hops = forwardedFor === null ? [] : forwardedFor.split(',').map((hop) => hop.trim())
  if (hops.length > 0 && !isWithin(trusted, peer)) return null
  for (const hop of hops.reverse()) {
    source = hop
    if (!isWithin(trusted, hop)) break
  }
  return isAddress(source) ? source : null
}

function isAddress(text: string): boolean {
  return isWithin(EVERYWHERE, text)
}

const EVERYWHERE: readonly AddressRange[] = [
  { bits: 32, value: 0n, prefix: 0 },
  { bits: 128, value: 0n, prefix: 0 },
]
