import { useEffect, useRef, useState } from 'preact/hooks'
import type { MyAlert } from '../../src/contract/alerts.ts'
import type { MyCard } from '../../src/contract/cards.ts'
import { formatMoment, formatSpan } from '../format.ts'
import { countCalls, countDone, tellChanges, whyOver } from '../state/phone-card.ts'
import { byServiceClock } from '../state/service-clock.ts'
import { useMyCards } from '../state/use-my-cards.ts'
import { useNow } from '../state/use-now.ts'
import { strategyTexts } from '../texts-strategy.ts'
import { Icon } from './icon.tsx'
import { PersonToPhone } from './person-to-phone.tsx'
import { ProblemNote } from './problem-note.tsx'

const texts = strategyTexts.card

/** The people whom I am to phone in one alert; nothing while there is nobody. */
export function MyCards({ alert: { id: alert, state, response } }: { alert: MyAlert }) {
  const loaded = useMyCards()
  const open = state === 'open'
  useAfterAnswer(response, loaded.reload)
  const cards = loaded.value?.filter((card) => card.alert === alert) ?? null
  const now = byServiceClock(useNow(10_000))
  return (
    <>
      <Changes cards={cards} />
      {(cards ?? []).length > 0 && <ProblemNote problem={loaded.problem} retry={loaded.reload} />}
      {open && cards?.map((card) => <Card key={card.id} card={card} now={now} onMarked={loaded.reload} />)}
      {!open && (cards ?? []).length > 0 && <p class="note">{texts.ended}</p>}
    </>
  )
}

function Card({ card, now, onMarked }: { card: MyCard; now: number; onMarked(): void }) {
  const over = whyOver(card, now)
  const { done, all } = countDone([card])
  const left = formatSpan(Date.parse(card.deadline) - now)
  return (
    <section class="card phone-card" aria-labelledby={`card-${card.id}`} data-testid="my-card">
      <h2 id={`card-${card.id}`}>
        <Icon name="phone" />
        {texts.title}
        <span class="phone-card-done">{texts.done(done, all)}</span>
      </h2>
      {card.branch.person !== card.holder.person && <p>{texts.branch(card.branch.name)}</p>}
      <p class="quiet" data-testid="card-time">
        {over
          ? `${texts.over[over]} ${over === 'all_settled' ? '' : texts.late}`
          : texts.until(formatMoment(card.deadline, now), left)}
      </p>
      <ul class="phone-list">
        {card.people.map((person) => (
          <PersonToPhone key={person.person} card={card} person={person} onMarked={onMarked} />
        ))}
      </ul>
    </section>
  )
}

/** Whoever answers may get a card within moments. */
function useAfterAnswer(response: string | null, reload: () => void): void {
  useEffect(() => {
    const timers = [1_000, 3_000].map((after) => setTimeout(reload, after))
    return () => timers.forEach(clearTimeout)
  }, [response, reload])
}

/** Says what has changed to those who do not see it. */
function Changes({ cards }: { cards: MyCard[] | null }) {
  const before = useRef<MyCard[] | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (cards === null) return
    const changes = before.current === null ? [] : tellChanges(before.current, cards)
    before.current = cards
    if (changes.length > 0) setSaid(changes.join(' '))
  }, [cards])
  return (
    <p class="visually-hidden" aria-live="polite" data-testid="card-changes">
      {said}
    </p>
  )
}

/** On the home page: that I am to phone people, and the way to their numbers. */
export function CallsToMake() {
  const loaded = useMyCards()
  const now = byServiceClock(useNow(10_000))
  return (
    <div aria-live="polite" class="calls-to-make">
      {countCalls(loaded.value ?? [], now).map(({ alert, title, count, deadline }) => (
        <a key={alert} class="call-line" href={`/my/${alert}`} data-testid="calls-to-make">
          <Icon name="phone" />
          <span>
            <strong>{texts.call(count)}</strong>
            <span>{texts.about(title, formatMoment(deadline, now))}</span>
          </span>
          <Icon name="chevron" />
        </a>
      ))}
    </div>
  )
}
