import type { Bindings } from './bindings.ts'

/** A file of the built app from the Worker's assets; null where there is none. */
export async function readAsset(assets: Bindings['ASSETS'], url: URL): Promise<Response | null> {
  const found = await assets.fetch(new Request(url))
  if (!found.ok) return null
  // What a binding answers has frozen headers, and the application adds its own: a copy takes them.
  const response = new Response(found.body, found)
  // Names under /assets/ hold a hash of their content; everything else may change with the next version.
  const forever = url.pathname.startsWith('/assets/')
  response.headers.set('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
  return response
}
