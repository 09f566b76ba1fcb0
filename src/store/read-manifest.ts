import type { Manifest } from '../domain/alerts/alert.ts'

/** More alerts are hardly open at once, and a manifest with all its languages takes some kilobytes. */
const KEPT = 64
const known = new Map<string, Manifest>()

/**
 * What was frozen when an alert was raised, from its JSON. The same object for the same text: every answer asks for it,
 * and whoever derives something from it can see that it has not changed.
 */
export function readManifest(json: string): Manifest {
  const before = known.get(json)
  if (before) return before
  const manifest = JSON.parse(json) as Manifest
  const [oldest] = known.size < KEPT ? [] : known.keys()
  if (oldest !== undefined) known.delete(oldest)
  known.set(json, manifest)
  return manifest
}
