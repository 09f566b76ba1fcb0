import { useState } from 'preact/hooks'
import { service } from '../api/service.ts'
import { Dialog } from '../elements/dialog.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { useAction } from '../state/use-action.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'

/** My next words: kept on this device, since a text may come when the network is gone. */
export function Words() {
  const mine = useLoad('all', service.words, { snapshot: 'words' })
  const [asking, setAsking] = useState(false)
  const [renewed, setRenewed] = useState(false)
  const action = useAction()
  const series = mine.value?.series
  const renew = async () => {
    if (series === undefined) return
    setAsking(false)
    const done = await action.run(async () => void (await service.renewWords(series)))
    if (!done) return
    setRenewed(true)
    mine.reload()
  }
  return (
    <Shell title={texts.words.title} back="/" asOf={mine.at}>
      <ProblemNote problem={mine.problem} retry={mine.reload} />
      <ProblemNote problem={action.problem} />
      {!mine.value && mine.busy && <p class="quiet">{texts.app.loading}</p>}
      {mine.value && (
        <>
          <p>{texts.words.why}</p>
          <p class="quiet">{texts.words.skip}</p>
          {renewed && <p role="status">{texts.words.renewed}</p>}
          <ol class="card words" start={mine.value.items[0]?.number ?? 1} data-testid="words">
            {mine.value.items.map(({ number, word }) => (
              <li key={number} value={number}>
                {word}
              </li>
            ))}
          </ol>
          <p class="words-actions">
            <button type="button" class="button" onClick={() => print()}>
              {texts.words.print}
            </button>
            <button type="button" class="button" disabled={action.busy} onClick={() => setAsking(true)}>
              {texts.words.renew}
            </button>
          </p>
        </>
      )}
      {asking && (
        <Dialog title={texts.words.renewTitle} onClose={() => setAsking(false)}>
          <p>{texts.words.renewBody}</p>
          <div class="dialog-actions">
            <button type="button" class="button primary" onClick={() => void renew()}>
              {texts.words.renewButton}
            </button>
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {texts.app.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </Shell>
  )
}
