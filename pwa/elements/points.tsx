import type { ComponentChildren } from 'preact'
import type { PersonView } from '../../src/contract/people.ts'
import { formatMoment } from '../format.ts'
import { prepareTexts } from '../texts-prepare.ts'
import { channelName } from './unclear-list.tsx'

type Point = PersonView['contactPoints'][number]

/** The ways to somebody, each with what is known of it. */
export function Points({
  points,
  now,
  after,
}: {
  points: readonly Point[]
  now: number
  /** What stands behind each. */
  after?: (point: Point) => ComponentChildren
}) {
  return (
    <ul class="points">
      {points.map((point) => (
        <li key={point.id}>
          <span class="point-kind">{channelName(point.kind)}</span>
          <span class="point-address">
            {point.address}
            {point.extension && ` ${prepareTexts.peopleScreen.extension(point.extension)}`}
          </span>
          <span class="point-state">
            <span class={`status status-${point.status}`}>{prepareTexts.peopleScreen.status[point.status]}</span>
            {point.lastProof && (
              <span class="quiet">{prepareTexts.peopleScreen.lastProof(formatMoment(point.lastProof, now))}</span>
            )}
            {point.marks.map((mark) => (
              <span key={mark} class="quiet">
                {prepareTexts.peopleScreen.mark[mark] ?? mark}
              </span>
            ))}
          </span>
          {after?.(point)}
        </li>
      ))}
    </ul>
  )
}
