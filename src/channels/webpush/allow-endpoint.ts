import { isPublicHost } from '../../domain/public-host.ts'

export interface EndpointRules {
  /** For a demo or a test: also plain http and private addresses, on these hosts (name and port) only. */
  trustedHosts?: readonly string[]
}

/**
 * Whether a push may be sent to an endpoint, which is whatever a browser told us: https on the usual port, and nothing
 * that lies in a private network by its name or literal address.
 */
export function allowEndpoint(url: URL, { trustedHosts = [] }: EndpointRules = {}): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (trustedHosts.includes(url.host)) return url.protocol === 'https:' || url.protocol === 'http:'
  return url.protocol === 'https:' && url.port === '' && isPublicHost(url.hostname)
}
