/**
 * The truth ladder: the highest rung proven for one recipient.
 *
 * - `planned`: nothing has left yet, or nothing was taken.
 * - `accepted`: a carrier took a message.
 * - `delivered`: the handset or the browser has it.
 * - `heard`: a key was pressed, a notification clicked, or the alert opened in the signed-in app.
 * - `acknowledged`: a human answered.
 */
export const RUNGS = ['planned', 'accepted', 'delivered', 'heard', 'acknowledged'] as const
export type Rung = (typeof RUNGS)[number]

/** The rung as a number that only ever grows; stored so. */
export function heightOf(rung: Rung): number {
  return RUNGS.indexOf(rung)
}

/** The name of a stored height. */
export function rungAt(height: number): Rung {
  return RUNGS[height] ?? 'planned'
}
