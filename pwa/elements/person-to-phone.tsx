import { useId, useState } from 'preact/hooks'
import type { MyCard } from '../../src/contract/cards.ts'
import { Unreachable } from '../api/request.ts'
import { isDone, isOutcome, listOutcomes, type Outcome, sayStanding } from '../state/phone-card.ts'
import { type Marking, useMark } from '../state/use-mark.ts'
import { texts } from '../texts.ts'
import { strategyTexts } from '../texts-strategy.ts'
import { Icon } from './icon.tsx'
import { explain } from './problem-note.tsx'

const words = strategyTexts.card

interface Props {
  card: MyCard
  person: MyCard['people'][number]
  onMarked(): void
}

/**
 * One person to phone: numbers, and a button for everything that can come of the call. Who is done already begins folded;
 * nobody folds by being marked, so that the next person's buttons never move under the thumb.
 */
export function PersonToPhone({ card, person, onMarked }: Props) {
  const [open, setOpen] = useState(!isDone(person))
  const id = useId()
  const marking = useMark(card.id, person.person, person, onMarked)
  const done = isDone(person)
  const reached = person.response !== null || person.mark === 'reached'
  return (
    <li class={`to-phone${done ? ' done' : ''}${reached ? ' reached' : ''}`} data-testid="to-phone">
      <button
        type="button"
        class="to-phone-head"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <span class="recipient-words">
          <strong class="recipient-name">{person.name}</strong>
          <span class="to-phone-state" data-testid="standing">
            {marking.busy ? words.sending : sayStanding(person, card.responseOptions)}
          </span>
        </span>
        {done && <Icon name={reached ? 'check' : 'warning'} />}
        <Icon name="chevron" />
      </button>
      {open && (
        <div class="to-phone-body" id={id}>
          <Numbers phones={person.phones} />
          <Outcomes card={card} person={person} marking={marking} />
          <NotTaken name={person.name} marking={marking} />
        </div>
      )}
    </li>
  )
}

function Numbers({ phones }: { phones: readonly string[] }) {
  if (phones.length === 0) return <p class="quiet">{words.noNumber}</p>
  return (
    <ul class="phones">
      {phones.map((number) => (
        <li key={number}>
          <a class="button primary wide" href={`tel:${number}`}>
            <Icon name="phone" />
            {words.callNumber(number)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Outcomes({ card, person, marking }: Omit<Props, 'onMarked'> & { marking: Marking }) {
  const { reached, notReached } = listOutcomes(card.responseOptions)
  const { wanted, busy } = marking
  const button = (outcome: Outcome) => {
    // Who has answered was reached: that nobody picks up afterwards takes nothing back.
    const pointless = busy || (outcome.mark !== 'reached' && person.response !== null)
    const pressed = wanted
      ? wanted.mark === outcome.mark && wanted.response === outcome.response
      : isOutcome(person, outcome)
    return (
      <button
        key={outcome.response ?? outcome.mark}
        type="button"
        class="button call-outcome"
        aria-pressed={pressed}
        aria-disabled={pointless}
        data-testid={`outcome-${outcome.response ?? outcome.mark}`}
        onClick={() => !pointless && marking.mark(outcome)}
      >
        {outcome.label}
      </button>
    )
  }
  return (
    <fieldset class="call-outcomes" aria-label={words.outcome(person.name)}>
      <p class="label">{words.reached}</p>
      <div class="outcome-buttons">{reached.map(button)}</div>
      <p class="label">{words.notReached}</p>
      <div class="outcome-buttons">{notReached.map(button)}</div>
    </fieldset>
  )
}

/** A mark that the service has not taken must not look like one that it has. */
function NotTaken({ name, marking }: { name: string; marking: Marking }) {
  const { wanted, problem, busy, mark } = marking
  if (!wanted || !problem || busy) return null
  const offline = problem instanceof Unreachable
  return (
    <div class="note note-problem" role="alert" data-testid="mark-not-taken">
      <Icon name="warning" />
      <p>
        {offline ? words.noNetwork(name, wanted.label) : `${words.notTaken(name, wanted.label)} ${explain(problem)}`}
      </p>
      <button type="button" class="button small" onClick={() => mark(wanted)}>
        {offline ? words.repeat : texts.app.retry}
      </button>
    </div>
  )
}
