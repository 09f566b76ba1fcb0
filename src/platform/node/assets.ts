import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../dist/pwa')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/** A file of the built app; null where there is none. Only names with a known ending are served. */
export async function readAsset(path: string): Promise<Response | null> {
  const type = TYPES[extname(path)]
  if (!type) return null
  try {
    const file = normalize(join(FOLDER, decodeURIComponent(path)))
    if (!file.startsWith(FOLDER + sep)) return null
    const bytes = await readFile(file)
    // Names under /assets/ hold a hash of their content; everything else may change with the next version.
    const cacheControl = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': type, 'cache-control': cacheControl } })
  } catch {
    return null
  }
}
