import { useState } from 'preact/hooks'
import { upkeep } from '../api/upkeep.ts'
import { useAction } from '../state/use-action.ts'
import { useLoad } from '../state/use-load.ts'
import { reachTexts } from '../texts-reach.ts'
import { ProblemNote } from './problem-note.tsx'

const words = reachTexts.standing
const CHOICES = [60, 90, 180, 365]

/** How often people are asked without anybody starting it. */
export function Standing({ mayAsk }: { mayAsk: boolean }) {
  const loaded = useLoad('standing', upkeep.standing)
  const action = useAction()
  const [chosen, setChosen] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  const known = loaded.value?.everyDays ?? null
  const value = chosen ?? String(known ?? '')
  const choices = known === null || CHOICES.includes(known) ? CHOICES : [...CHOICES, known].sort((a, b) => a - b)
  const save = async (event: Event) => {
    event.preventDefault()
    const done = await action.run(async () => {
      await upkeep.setStanding(value === '' ? null : Number(value))
    })
    setSaved(done)
    if (done) loaded.reload()
  }
  return (
    <form
      class="card standing"
      aria-labelledby="standing-title"
      onSubmit={(event) => void save(event)}
      data-testid="standing"
    >
      <h2 id="standing-title">{words.title}</h2>
      <label class="field">
        <span>{words.label}</span>
        <select
          value={value}
          disabled={!mayAsk || !loaded.value}
          onChange={(event) => {
            setSaved(false)
            setChosen(event.currentTarget.value)
          }}
        >
          <option value="">{words.never}</option>
          {choices.map((days) => (
            <option key={days} value={String(days)}>
              {words.every(days)}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{words.note}</p>
      <ProblemNote problem={action.problem ?? loaded.problem} retry={action.problem ? undefined : loaded.reload} />
      <p role="status">{saved && words.saved}</p>
      {mayAsk && (
        <button type="submit" class="button small" disabled={action.busy || !loaded.value}>
          {words.save}
        </button>
      )}
    </form>
  )
}
