import { useEffect, useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { CardView } from '../../src/contract/cards.ts'
import { service } from '../api/service.ts'
import { formatMoment } from '../format.ts'
import { countDone, sayStanding, whyOver } from '../state/phone-card.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { strategyTexts } from '../texts-strategy.ts'
import { ProblemNote } from './problem-note.tsx'

const words = strategyTexts.board
const PAGE = 50
const OFTEN = 10_000
/** A card changes together with the timeline; many changes at once are read once. */
const TOGETHER = 1_000

interface Props {
  alert: AlertView
  /** The newest entry of the timeline. */
  stirredBy: string | undefined
  /** By the service's clock. */
  now: number
}

/** Who phones whom in a relay, and what came of it. */
export function BoardCards(props: Props) {
  return props.alert.strategy === 'relay' ? <Cards {...props} /> : null
}

function Cards({ alert, stirredBy, now }: Props) {
  const cards = useLoad(alert.id, (signal) => service.cards(alert.id, signal), {
    ...(alert.state === 'open' ? { every: OFTEN } : {}),
  })
  const [limit, setLimit] = useState(PAGE)
  useEffect(() => {
    const timer = setTimeout(cards.reload, TOGETHER)
    return () => clearTimeout(timer)
  }, [stirredBy, cards.reload])
  const all = cards.value ?? []
  const { done, all: people } = countDone(all)
  return (
    <section class="card board-cards" aria-labelledby="cards-title" data-testid="board-cards">
      <h2 id="cards-title">{words.title}</h2>
      <ProblemNote problem={cards.problem} retry={cards.reload} />
      {!cards.value && cards.busy && <p class="quiet">{texts.app.loading}</p>}
      {cards.value && <p class="quiet">{all.length === 0 ? words.none : words.sum(done, people)}</p>}
      {all.slice(0, limit).map((card) => (
        <BoardCard key={card.id} alert={alert} card={card} now={now} />
      ))}
      {all.length > limit && (
        <button type="button" class="button wide" onClick={() => setLimit(limit + PAGE)}>
          {texts.app.more(Math.min(PAGE, all.length - limit))}
        </button>
      )}
    </section>
  )
}

function BoardCard({ alert, card, now }: { alert: AlertView; card: CardView; now: number }) {
  const over = whyOver(card, now)
  const { done, all } = countDone([card])
  const facts = [
    card.branch.person === card.holder.person ? null : words.branch(card.branch.name),
    strategyTexts.card.done(done, all),
    over ? words.ended[over] : words.until(formatMoment(card.deadline, now)),
  ]
  return (
    <details class="board-card" data-testid="board-card">
      <summary>
        <strong>{words.line(card.holder.name, all)}</strong>
        <span class="quiet">{facts.filter(Boolean).join(' · ')}</span>
      </summary>
      <ul>
        {card.people.map((person) => (
          <li key={person.person}>
            <span>{person.name}</span>
            <span class="quiet">{sayStanding(person, alert.responseOptions)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
