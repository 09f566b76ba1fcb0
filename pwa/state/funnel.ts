import type { AlertView } from '../../src/contract/alerts.ts'

type Counts = AlertView['counts']
export type Rung = keyof Counts

/** From the top of the ladder down, as the bar is drawn from the left. */
export const LADDER: readonly Rung[] = ['acknowledged', 'heard', 'delivered', 'accepted', 'planned']

interface Segment {
  rung: Rung
  x: number
  width: number
}

/** The parts of a bar of the given width. Whoever is counted is seen: no part is thinner than the smallest. */
export function segmentsOf(counts: Counts, width: number, smallest: number): Segment[] {
  const present = LADDER.filter((rung) => counts[rung] > 0)
  const total = present.reduce((sum, rung) => sum + counts[rung], 0)
  const free = width - present.length * smallest
  let x = 0
  return present.map((rung) => {
    const segment = { rung, x, width: smallest + (counts[rung] / total) * free }
    x += segment.width
    return segment
  })
}
