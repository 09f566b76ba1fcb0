import { useEffect, useState } from 'preact/hooks'
import { texts } from '../texts.ts'

/** Said on every page of a demo, signed in or not. */
export function DemoBanner() {
  return (
    <aside class="demo" aria-label="Demo" data-testid="demo-banner">
      <span>{texts.app.demo}</span>{' '}
      <a href="/phones" target="_blank" rel="noopener">
        {texts.app.demoLink}
        <span class="visually-hidden"> {texts.app.newTab}</span>
      </a>
    </aside>
  )
}

/** The same before anybody is signed in: only a demo has a page of phones. */
export function DemoBannerForStrangers() {
  const [demo, setDemo] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    fetch('/phones', { method: 'HEAD', credentials: 'omit', signal: stop.signal }).then(
      ({ ok }) => setDemo(ok),
      () => undefined,
    )
    return () => stop.abort()
  }, [])
  return demo ? <DemoBanner /> : null
}
