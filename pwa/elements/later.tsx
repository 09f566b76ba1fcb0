import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

/** A screen that is fetched when it is first wanted, so that those of an alert do not wait for it. */
export function later<Props extends object>(fetchScreen: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let fetched: { Screen: ComponentType<Props> } | null = null
  return function Later(props: Props) {
    const [found, setFound] = useState(fetched)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (found) return
      fetchScreen().then(
        (Screen) => {
          fetched = { Screen }
          setFound(fetched)
        },
        () => setFailed(true),
      )
    }, [])
    if (found) return <found.Screen {...props} />
    return (
      <main class="starting">
        <Icon name="bell" />
        <p role="status">{failed ? texts.app.unreachable : texts.app.loading}</p>
        {failed && (
          // A browser may go on answering a part that once failed with that failure.
          <button type="button" class="button" onClick={() => location.reload()}>
            {texts.app.retry}
          </button>
        )}
      </main>
    )
  }
}
