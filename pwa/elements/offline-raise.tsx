import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

/** Raising without a network is refused at once, with what to do instead. */
export function OfflineRaise({ command }: { command: string }) {
  return (
    <section class="card caution" role="alert" data-testid="raise-offline">
      <h2>
        <Icon name="warning" />
        {texts.raise.offlineTitle}
      </h2>
      <p>{texts.raise.offlineBody}</p>
      <ul class="ways">
        <li>{texts.raise.offlineCall}</li>
        <li>
          {texts.raise.offlineHost}
          <code class="command">{command}</code>
        </li>
        <li>{texts.raise.offlineList}</li>
      </ul>
    </section>
  )
}
