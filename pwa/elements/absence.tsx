import { useState } from 'preact/hooks'
import { service } from '../api/service.ts'
import { nameZone } from '../format.ts'
import { awayAt, readLocalField, toLocalField } from '../state/absence.ts'
import { useAction } from '../state/use-action.ts'
import { useLoad } from '../state/use-load.ts'
import { useNow } from '../state/use-now.ts'
import { texts } from '../texts.ts'
import { strategyTexts } from '../texts-strategy.ts'
import { ProblemNote } from './problem-note.tsx'

const words = strategyTexts.absence

/** Until when I am away, so that deputies stand in; and the way back. */
export function Absence() {
  const loaded = useLoad('all', service.absence)
  const [field, setField] = useState('')
  const [past, setPast] = useState(false)
  const action = useAction()
  const now = useNow(30_000)
  const until = awayAt(loaded.value?.until ?? null, now)
  const save = async (next: string | null) => {
    const done = await action.run(async () => void (await service.setAbsence(next)))
    if (!done) return
    setField('')
    loaded.reload()
  }
  const submit = (event: Event) => {
    event.preventDefault()
    const chosen = readLocalField(field, Date.now())
    setPast(chosen === null)
    if (chosen !== null) void save(chosen)
  }
  return (
    <form class="absence" aria-labelledby="absence-title" noValidate onSubmit={submit} data-testid="absence">
      <h3 id="absence-title">{words.title}</h3>
      <p role="status" data-testid="absence-state">
        {sayState(loaded.value !== null, loaded.busy, until, now)}
      </p>
      <p class="quiet">{words.meaning}</p>
      <label class="field">
        <span>{words.until(nameZone(field === '' ? now : new Date(field).getTime() || now))}</span>
        <input
          type="datetime-local"
          value={field}
          min={toLocalField(now)}
          aria-invalid={past}
          aria-describedby={past ? 'absence-past' : undefined}
          onInput={(event) => {
            setField(event.currentTarget.value)
            setPast(false)
          }}
        />
      </label>
      {past && (
        <p class="attempt-error" role="alert" id="absence-past">
          {words.past}
        </p>
      )}
      <ProblemNote problem={action.problem ?? loaded.problem} retry={action.problem ? undefined : loaded.reload} />
      <div class="device-actions">
        <button type="submit" class="button small" disabled={action.busy}>
          {words.set}
        </button>
        {until !== null && (
          <button type="button" class="button small" disabled={action.busy} onClick={() => void save(null)}>
            {words.clear}
          </button>
        )}
      </div>
    </form>
  )
}

function sayState(known: boolean, busy: boolean, until: string | null, now: number): string {
  if (!known) return busy ? texts.app.loading : ''
  return until === null ? words.present : words.away(until, now)
}

/** That somebody is away, in the list of people. */
export function AwayMark({ until, now }: { until: string | null; now: number }) {
  const away = awayAt(until, now)
  if (away === null) return null
  return (
    <span class="status status-failing" data-testid="away">
      {words.mark(away, now)}
    </span>
  )
}
