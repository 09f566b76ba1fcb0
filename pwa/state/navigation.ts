import { useEffect, useState } from 'preact/hooks'
import { matchRoute } from '../routes.ts'

const listeners = new Set<() => void>()

/** Goes to a page of the app. */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  scrollTo(0, 0)
  for (const listener of listeners) listener()
}

/** The current path with its query; follows links to the app's own pages without loading them anew. */
export function useLocation(): URL {
  const [href, setHref] = useState(location.href)
  useEffect(() => {
    const update = () => setHref(location.href)
    listeners.add(update)
    addEventListener('popstate', update)
    addEventListener('click', followLink)
    return () => {
      listeners.delete(update)
      removeEventListener('popstate', update)
      removeEventListener('click', followLink)
    }
  }, [])
  return new URL(href)
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link?.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return
  if (link.hash !== '' || !matchRoute(link.pathname)) return
  event.preventDefault()
  navigate(link.pathname + link.search)
}
