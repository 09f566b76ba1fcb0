import { useMemo, useState } from 'preact/hooks'
import type { PersonView } from '../../src/contract/people.ts'
import { mayDecideRemovals, mayKeep } from '../access.ts'
import { service } from '../api/service.ts'
import { AwayMark } from '../elements/absence.tsx'
import { Empty } from '../elements/empty.tsx'
import { Icon } from '../elements/icon.tsx'
import { Points } from '../elements/points.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Removals } from '../elements/removals.tsx'
import { Shell } from '../elements/shell.tsx'
import { fold } from '../state/recipient-view.ts'
import { useSession } from '../state/session.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { prepareTexts } from '../texts-prepare.ts'

const PAGE = 100

/** Everyone who can be reached, and how. */
export function People() {
  const { role } = useSession().session.account
  const people = useLoad('all', service.people)
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(PAGE)
  const found = useMemo(() => searchPeople(people.value ?? [], search), [people.value, search])
  const importLink = mayKeep(role) && (
    <a class="button primary wide" href="/people/import">
      {prepareTexts.peopleScreen.import}
    </a>
  )
  const empty = people.value?.length === 0
  return (
    <Shell title={prepareTexts.peopleScreen.title} asOf={people.at} actions={!empty && importLink}>
      <ProblemNote problem={people.problem} retry={people.reload} />
      {mayKeep(role) && <Removals mayDecide={mayDecideRemovals(role)} onDecided={people.reload} />}
      {!people.value && people.busy && <p class="quiet">{texts.app.loading}</p>}
      {empty && (
        <Empty icon="people" title={prepareTexts.peopleScreen.empty} body={prepareTexts.peopleScreen.emptyBody}>
          {importLink}
        </Empty>
      )}
      {people.value && !empty && (
        <>
          <a class="card card-link" href="/people/reach" data-testid="reach-link">
            <strong>{prepareTexts.peopleScreen.reach}</strong>
            <Icon name="chevron" />
          </a>
          <label class="field search">
            <span>{prepareTexts.peopleScreen.search}</span>
            <input
              type="search"
              value={search}
              autocomplete="off"
              onInput={(event) => setSearch(event.currentTarget.value)}
            />
          </label>
          <p class="quiet" aria-live="polite">
            {prepareTexts.peopleScreen.count(found.length)}
          </p>
          <ul class="card people-list">
            {found.slice(0, limit).map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </ul>
          {found.length > limit && (
            <button type="button" class="button wide" onClick={() => setLimit(limit + PAGE)}>
              {texts.app.more(Math.min(PAGE, found.length - limit))}
            </button>
          )}
          {mayKeep(role) && (
            <p class="exports">
              <a href="/api/v1/people/export.csv" download>
                {prepareTexts.peopleScreen.exportCsv}
              </a>
              <a href="/api/v1/people/export.vcf" download>
                {prepareTexts.peopleScreen.exportCards}
              </a>
            </p>
          )}
        </>
      )}
    </Shell>
  )
}

function searchPeople(people: readonly PersonView[], search: string): PersonView[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...people]
  return people.filter((person) => {
    const addresses = person.contactPoints.map((point) => point.address)
    const text = fold([person.name, person.duty ?? '', ...person.groups, ...addresses].join(' '))
    return words.every((word) => text.includes(word))
  })
}

function PersonRow({ person }: { person: PersonView }) {
  const now = Date.now()
  const details = [person.duty, ...person.groups, person.language.toUpperCase()].filter(Boolean).join(' · ')
  return (
    <li class="person" data-testid="person">
      <p class="person-name">
        <a class="person-link" href={`/people/${person.id}`}>
          {person.name}
        </a>
        <span class="quiet">{details}</span>
        <AwayMark until={person.awayUntil} now={now} />
      </p>
      {person.contactPoints.length === 0 && <p class="attempt-error">{prepareTexts.peopleScreen.noContact}</p>}
      <Points points={person.contactPoints} now={now} />
    </li>
  )
}
