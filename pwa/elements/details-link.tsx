import { useRef, useState } from 'preact/hooks'
import { upkeep } from '../api/upkeep.ts'
import { formatMoment } from '../format.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { personTexts } from '../texts-person.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

const words = personTexts.link

/** A link by which somebody mends their own details: made on purpose, and shown once. */
export function DetailsLink({ person, name }: { person: string; name: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="button" data-testid="details-link" onClick={() => setOpen(true)}>
        {words.button}
      </button>
      {open && <MakeLink {...{ person, name }} onClose={() => setOpen(false)} />}
    </>
  )
}

function MakeLink({ person, name, onClose }: { person: string; name: string; onClose(): void }) {
  const [made, setMade] = useState<{ link: string; expiresAt: string } | null>(null)
  const [said, setSaid] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const action = useAction()
  const make = () => action.run(async () => setMade(await upkeep.detailsLink(person)))
  const copy = async (link: string) => {
    try {
      await navigator.clipboard.writeText(link)
      setSaid(words.copied)
    } catch {
      field.current?.select()
      setSaid(words.byHand)
    }
  }
  return (
    <Dialog title={words.title(name)} onClose={onClose}>
      <p>{made ? words.shown(name, formatMoment(made.expiresAt, Date.now())) : words.body(name)}</p>
      {made && (
        <label class="field">
          <span>{words.label}</span>
          <input ref={field} readOnly value={made.link} data-testid="made-link" />
        </label>
      )}
      <ProblemNote problem={action.problem} />
      <p role="status">{said}</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {made ? words.done : texts.app.cancel}
        </button>
        {made ? (
          <button type="button" class="button primary" onClick={() => void copy(made.link)}>
            {words.copy}
          </button>
        ) : (
          <button type="button" class="button primary" disabled={action.busy} onClick={() => void make()}>
            {words.make}
          </button>
        )}
      </div>
    </Dialog>
  )
}
