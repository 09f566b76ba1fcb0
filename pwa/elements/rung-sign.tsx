import { LADDER, type Rung } from '../state/funnel.ts'

const RADIUS = 7

/** How far up the ladder somebody is, as a disc that fills by quarters. */
export function RungSign({ rung }: { rung: Rung }) {
  const height = LADDER.length - 1 - LADDER.indexOf(rung)
  const round = 2 * Math.PI * (RADIUS / 2)
  return (
    <svg
      class={`rung-sign rung-${rung}`}
      viewBox="0 0 20 20"
      width="20"
      height="20"
      aria-hidden="true"
      focusable="false"
    >
      <circle class="rung-rim" cx="10" cy="10" r="8.5" fill="none" stroke-width="2" />
      {height > 0 && (
        <circle
          class="rung-fill"
          cx="10"
          cy="10"
          r={RADIUS / 2}
          fill="none"
          stroke-width={RADIUS}
          stroke-dasharray={`${(height / 4) * round} ${round}`}
          transform="rotate(-90 10 10)"
        />
      )}
      {height === 4 && <path class="rung-tick" d="m6 10.3 2.8 2.800L14.2 7.6" fill="none" stroke-width="2" />}
    </svg>
  )
}
