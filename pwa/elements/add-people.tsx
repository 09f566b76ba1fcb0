import { useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { fold } from '../state/recipient-view.ts'
import { useAction } from '../state/use-action.ts'
import { useKeyOf } from '../state/use-key-of.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

const MOST_FOUND = 8

/** Adds people to an alert that goes on. */
export function AddPeople({ alert, onAdded }: { alert: AlertView; onAdded(): void }) {
  const [choosing, setChoosing] = useState(false)
  return (
    <>
      <button type="button" class="button" data-testid="add-people" onClick={() => setChoosing(true)}>
        {texts.steer.add}
      </button>
      {choosing && (
        <ChoosePeople
          alert={alert}
          onClose={() => setChoosing(false)}
          onAdded={() => {
            setChoosing(false)
            onAdded()
          }}
        />
      )}
    </>
  )
}

function ChoosePeople({ alert, onClose, onAdded }: { alert: AlertView; onClose(): void; onAdded(): void }) {
  const trees = useLoad('all', (signal) => service.trees(signal))
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [people, setPeople] = useState<readonly string[]>([])
  const key = useKeyOf([...chosen, ...people].join(' '))
  const action = useAction()
  const there = new Set(alert.trees.map(({ id }) => id))
  const add = async () => {
    const done = await action.run(async () => {
      await service.add(alert.id, { trees: [...chosen], people: [...people] }, key)
    })
    if (done) onAdded()
  }
  return (
    <Dialog title={texts.steer.addTitle} onClose={onClose}>
      <p>{texts.steer.addBody}</p>
      <fieldset class="choices">
        <legend>{texts.steer.addTrees}</legend>
        {(trees.value ?? [])
          .filter(({ id }) => !there.has(id))
          .map(({ id, name }) => (
            <Choice key={id} name={name} chosen={chosen.includes(id)} onChange={() => setChosen(toggle(chosen, id))} />
          ))}
      </fieldset>
      <FindPeople chosen={people} onToggle={(id) => setPeople(toggle(people, id))} />
      <ProblemNote problem={trees.problem ?? action.problem} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.back}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={chosen.length + people.length === 0 || action.busy}
          onClick={() => void add()}
        >
          {action.busy ? texts.steer.sending : texts.steer.addButton}
        </button>
      </div>
    </Dialog>
  )
}

function FindPeople({ chosen, onToggle }: { chosen: readonly string[]; onToggle(id: string): void }) {
  const [search, setSearch] = useState('')
  const wanted = fold(search.trim())
  // Nobody waits for the whole list who only adds a tree.
  const all = useLoad(wanted === '' && chosen.length === 0 ? null : 'all', (signal) => service.people(signal))
  const found = (all.value ?? []).filter(
    ({ id, name }) => chosen.includes(id) || (wanted !== '' && fold(name).includes(wanted)),
  )
  return (
    <>
      <label class="field">
        <span>{texts.steer.addPerson}</span>
        <input type="search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
      </label>
      {all.busy && <p class="quiet">{texts.app.loading}</p>}
      {all.value && found.length === 0 && <p class="quiet">{texts.steer.addNobody}</p>}
      {found.length > 0 && (
        <fieldset class="choices">
          <legend>{texts.steer.addFound}</legend>
          {found.slice(0, Math.max(MOST_FOUND, chosen.length)).map(({ id, name }) => (
            <Choice key={id} name={name} chosen={chosen.includes(id)} onChange={() => onToggle(id)} />
          ))}
        </fieldset>
      )}
    </>
  )
}

function Choice({ name, chosen, onChange }: { name: string; chosen: boolean; onChange(): void }) {
  return (
    <label class="choice">
      <input type="checkbox" checked={chosen} onChange={onChange} />
      <span>{name}</span>
    </label>
  )
}

function toggle(list: readonly string[], item: string): string[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item]
}
