import { useEffect, useRef, useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import { countHelp } from '../state/recipient-view.ts'
import { texts } from '../texts.ts'

const EVERY = 10_000

/** The board in one sentence for screen readers, said again at most every ten seconds. */
export function Summary({ alert }: { alert: AlertView }) {
  const sentence = texts.board.summary(alert.counts.acknowledged, alert.audience, countHelp(alert), alert.unreachable)
  const latest = useRef(sentence)
  latest.current = sentence
  const [said, setSaid] = useState(sentence)
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), EVERY)
    return () => clearInterval(timer)
  }, [])
  return (
    <p class="visually-hidden" aria-live="polite" data-testid="summary">
      {said}
    </p>
  )
}
