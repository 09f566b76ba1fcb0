import { useState } from 'preact/hooks'
import type { TreeSummary } from '../../src/contract/trees.ts'
import { upkeep } from '../api/upkeep.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { reachTexts } from '../texts-reach.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

const words = reachTexts.askAll
const MOST_DAYS = 365

interface Props {
  trees: readonly Pick<TreeSummary, 'id' | 'name'>[]
  onAsked(): void
}

/** Asks everybody without a recent proof, after a look at how many that are. */
export function AskAll({ trees, onAsked }: Props) {
  const [open, setOpen] = useState(false)
  const [asked, setAsked] = useState<number | null>(null)
  return (
    <>
      <button type="button" class="button" data-testid="ask-all" onClick={() => setOpen(true)}>
        {words.button}
      </button>
      <p role="status" class={asked === null ? '' : 'note note-done'} data-testid="asked-all">
        {asked !== null && words.done(asked)}
      </p>
      {open && (
        <Campaign
          trees={trees}
          onClose={() => setOpen(false)}
          onAsked={(count) => {
            setOpen(false)
            setAsked(count)
            onAsked()
          }}
        />
      )}
    </>
  )
}

function Campaign({
  trees,
  onClose,
  onAsked,
}: Omit<Props, 'onAsked'> & { onClose(): void; onAsked(count: number): void }) {
  const [tree, setTree] = useState('')
  const [within, setWithin] = useState('90')
  const [over, setOver] = useState('7')
  const [most, setMost] = useState<number | null>(null)
  const action = useAction()
  const campaign = {
    ...(tree === '' ? {} : { tree }),
    provenWithinDays: readDays(within),
    overDays: readDays(over),
  }
  const change = (set: (value: string) => void) => (event: { currentTarget: { value: string } }) => {
    set(event.currentTarget.value)
    // What was counted was counted for something else.
    setMost(null)
  }
  const look = () => action.run(async () => setMost((await upkeep.askAll({ ...campaign, preview: true })).asked))
  const ask = () => action.run(async () => onAsked((await upkeep.askAll({ ...campaign, preview: false })).asked))
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>{words.body}</p>
      <label class="field">
        <span>{reachTexts.tree}</span>
        <select value={tree} onChange={change(setTree)}>
          <option value="">{reachTexts.everybody}</option>
          {trees.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{words.within}</span>
        <input type="number" inputMode="numeric" min={0} max={MOST_DAYS} value={within} onInput={change(setWithin)} />
      </label>
      <label class="field">
        <span>{words.over}</span>
        <input type="number" inputMode="numeric" min={0} max={MOST_DAYS} value={over} onInput={change(setOver)} />
      </label>
      <p role="status" data-testid="ask-most">
        {action.busy ? words.counting : most !== null && words.most(most, campaign.overDays)}
      </p>
      <ProblemNote problem={action.problem} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.cancel}
        </button>
        {most === null ? (
          <button type="button" class="button primary" disabled={action.busy} onClick={() => void look()}>
            {words.look}
          </button>
        ) : (
          most > 0 && (
            <button type="button" class="button primary" disabled={action.busy} onClick={() => void ask()}>
              {words.yes(most)}
            </button>
          )
        )}
      </div>
    </Dialog>
  )
}

function readDays(text: string): number {
  const days = Math.round(Number(text))
  return Number.isFinite(days) ? Math.min(MOST_DAYS, Math.max(0, days)) : 0
}
