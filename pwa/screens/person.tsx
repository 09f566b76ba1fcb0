import type { PersonDetail } from '../../src/contract/people.ts'
import { mayKeep } from '../access.ts'
import { Refused } from '../api/request.ts'
import { upkeep } from '../api/upkeep.ts'
import { AwayMark } from '../elements/absence.tsx'
import { AddPoint } from '../elements/add-point.tsx'
import { AskNow } from '../elements/ask-now.tsx'
import { DetailsLink } from '../elements/details-link.tsx'
import { PersonHistory } from '../elements/person-history.tsx'
import { Points } from '../elements/points.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { RemovePerson } from '../elements/remove-person.tsx'
import { Shell } from '../elements/shell.tsx'
import { useSession } from '../state/session.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { personTexts } from '../texts-person.ts'
import { prepareTexts } from '../texts-prepare.ts'

/** One person: how they are reached, what they were, and the way out of the list and back. */
export function PersonScreen({ id }: { id: string }) {
  const mayEdit = mayKeep(useSession().session.account.role)
  const person = useLoad(id, (signal) => upkeep.detail(id, signal))
  const history = useLoad(id, (signal) => upkeep.personHistory(id, signal))
  const missing = person.problem instanceof Refused && person.problem.status === 404
  const versions = history.value ?? []
  const again = () => {
    person.reload()
    history.reload()
  }
  const found = missing ? null : person.value
  const name = found?.name ?? versions[0]?.person.name
  const unknown = missing && history.problem instanceof Refused
  return (
    <Shell title={name ?? (unknown ? personTexts.unknown : texts.app.loading)} back="/people" asOf={person.at}>
      {!missing && <ProblemNote problem={person.problem} retry={person.reload} />}
      {missing && versions.length > 0 && <p class="note">{personTexts.gone}</p>}
      <div class="columns">
        <div class="column">{found && <Details person={found} mayEdit={mayEdit} onChanged={again} />}</div>
        <div class="column">
          <ProblemNote problem={unknown ? null : history.problem} retry={history.reload} />
          {versions.length > 0 && <PersonHistory versions={versions} mayEdit={mayEdit} onBack={again} />}
        </div>
      </div>
    </Shell>
  )
}

function Details({ person, mayEdit, onChanged }: { person: PersonDetail; mayEdit: boolean; onChanged(): void }) {
  const now = Date.now()
  const details = [person.duty, ...person.groups, person.language.toUpperCase(), person.timeZone].filter(Boolean)
  return (
    <>
      <section class="card person-card" aria-labelledby="contacts-title">
        <p class="quiet">{details.join(' · ')}</p>
        <AwayMark until={person.awayUntil} now={now} />
        <h2 id="contacts-title">{personTexts.contacts}</h2>
        {person.contactPoints.length === 0 && <p class="attempt-error">{prepareTexts.peopleScreen.noContact}</p>}
        <Points
          points={person.contactPoints}
          now={now}
          after={(point) => mayEdit && <AskNow point={point} name={person.name} />}
        />
        {mayEdit && <AddPoint person={person} onAdded={onChanged} />}
      </section>
      {mayEdit && (
        <div class="person-acts">
          <DetailsLink person={person.id} name={person.name} />
          <RemovePerson person={person} onRemoved={onChanged} />
        </div>
      )}
    </>
  )
}
