import { useState } from 'preact/hooks'
import type { PersonVersionView } from '../../src/contract/history.ts'
import { upkeep } from '../api/upkeep.ts'
import { formatMoment } from '../format.ts'
import { comparePeople } from '../state/compare-people.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { personTexts } from '../texts-person.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

const words = personTexts.history
const PAGE = 20

interface Props {
  /** Newest first. */
  versions: readonly PersonVersionView[]
  mayEdit: boolean
  onBack(): void
}

/** What somebody was, what each change made different, and the way back. */
export function PersonHistory({ versions, mayEdit, onBack }: Props) {
  const [asked, setAsked] = useState<PersonVersionView | null>(null)
  const [limit, setLimit] = useState(PAGE)
  const [current] = versions
  return (
    <section class="card" aria-labelledby="history-title" data-testid="history">
      <h2 id="history-title">{words.title}</h2>
      <ul class="versions">
        {versions.slice(0, limit).map((one, index) => (
          <li key={one.version} data-testid="person-version">
            <p>
              <strong>{words.version(one.version)}</strong>{' '}
              <span class="quiet">{words.by(formatMoment(one.at, Date.now()), one.by)}</span>
            </p>
            <Difference one={one} before={versions[index + 1]} />
            {one === current && !one.removed && <p class="quiet">{words.now}</p>}
            {mayEdit && !one.removed && one !== current && (
              <button
                type="button"
                class="button small"
                aria-label={words.backOf(one.version)}
                onClick={() => setAsked(one)}
              >
                {words.back}
              </button>
            )}
          </li>
        ))}
      </ul>
      {versions.length > limit && (
        <button type="button" class="button small" onClick={() => setLimit(limit + PAGE)}>
          {texts.app.more(Math.min(PAGE, versions.length - limit))}
        </button>
      )}
      {asked && current && (
        <BringBack
          {...{ asked, current }}
          onClose={() => setAsked(null)}
          onBack={() => {
            setAsked(null)
            onBack()
          }}
        />
      )}
    </section>
  )
}

function Difference({ one, before }: { one: PersonVersionView; before: PersonVersionView | undefined }) {
  if (one.removed) return <p>{words.removed}</p>
  if (!before) return <p>{words.first}</p>
  const differences = comparePeople(before.person, one.person)
  if (differences.length === 0) return <p class="quiet">{words.same}</p>
  return (
    <ul>
      {differences.map((difference) => (
        <li key={difference}>{difference}</li>
      ))}
    </ul>
  )
}

function BringBack({
  asked,
  current,
  onClose,
  onBack,
}: {
  asked: PersonVersionView
  current: PersonVersionView
  onClose(): void
  onBack(): void
}) {
  const action = useAction()
  const { id } = current.person
  const bring = async () => {
    if (await action.run(async () => void (await upkeep.restorePerson(id, current.version, asked.version)))) onBack()
  }
  return (
    <Dialog title={words.backTitle(asked.person.name, asked.version)} onClose={onClose}>
      <p>{words.backBody}</p>
      {current.removed && <p>{words.backRemoved}</p>}
      <ProblemNote problem={action.problem} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.back}
        </button>
        <button type="button" class="button primary" disabled={action.busy} onClick={() => void bring()}>
          {words.back}
        </button>
      </div>
    </Dialog>
  )
}
