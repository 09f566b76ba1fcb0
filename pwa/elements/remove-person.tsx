import { useState } from 'preact/hooks'
import type { PersonDetail } from '../../src/contract/people.ts'
import { upkeep } from '../api/upkeep.ts'
import { useAction } from '../state/use-action.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { personTexts } from '../texts-person.ts'
import { Dialog } from './dialog.tsx'
import { KindMark } from './kind-mark.tsx'
import { ProblemNote } from './problem-note.tsx'

const words = personTexts.remove

/** Takes somebody out after a question, which names the running alerts they are in. */
export function RemovePerson({ person, onRemoved }: { person: PersonDetail; onRemoved(): void }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="button quiet-button" data-testid="remove-person" onClick={() => setOpen(true)}>
        {words.button}
      </button>
      {open && <Ask person={person} onClose={() => setOpen(false)} onRemoved={onRemoved} />}
    </>
  )
}

function Ask({ person, onClose, onRemoved }: { person: PersonDetail; onClose(): void; onRemoved(): void }) {
  // Read anew: an alert may have been raised since the page was opened.
  const fresh = useLoad(person.id, (signal) => upkeep.detail(person.id, signal))
  const action = useAction()
  const { inAlerts } = fresh.value ?? { inAlerts: [] }
  const remove = async () => {
    if (await action.run(async () => void (await upkeep.removePerson(person.id, person.version)))) onRemoved()
  }
  return (
    <Dialog title={words.title(person.name)} onClose={onClose}>
      {!fresh.value && fresh.busy && <p role="status">{words.looking}</p>}
      {inAlerts.length > 0 && (
        <div class="card caution" role="alert" data-testid="in-alerts">
          <p>{words.inAlerts(person.name, inAlerts.length)}</p>
          <ul>
            {inAlerts.map(({ id, kind, title }) => (
              <li key={id}>
                <KindMark kind={kind} /> <a href={`/alerts/${id}`}>{title}</a>
              </li>
            ))}
          </ul>
          <p>{words.inAlertsNote}</p>
        </div>
      )}
      <p>
        {words.body} {words.trees}
      </p>
      <ProblemNote problem={action.problem ?? fresh.problem} retry={action.problem ? undefined : fresh.reload} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.back}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={action.busy || !fresh.value}
          onClick={() => void remove()}
        >
          {inAlerts.length > 0 ? words.anyway : words.yes}
        </button>
      </div>
    </Dialog>
  )
}
