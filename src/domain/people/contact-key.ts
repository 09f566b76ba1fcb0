/** What makes two contact points the same one: the way, the address without regard to case, and the extension. */
export function contactKey(point: { kind: string; address: string; extension?: string | null }): string {
  return `${point.kind} ${point.address.toLowerCase()} ${point.extension ?? ''}`
}

/** The key that people without any address share. */
export const noAddress = 'none'

/**
 * What a person can be recognised by besides the name: the addresses, whatever the way. Someone without any is
 * recognised by having none, so that a list of bare names imports twice without doubling.
 */
export function addressKeys(points: { address: string; extension?: string | null }[]): Set<string> {
  if (points.length === 0) return new Set([noAddress])
  return new Set(points.map(({ address, extension }) => `any ${address.toLowerCase()} ${extension ?? ''}`))
}
