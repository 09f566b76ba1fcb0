import type { AlertView } from '../contract/alerts.ts'

/** Says how far the sending is, each time that it has got further. */
export function sayChanges(say: (text: string) => void): (text: string) => void {
  let last = ''
  return (text) => {
    if (text !== last) say(text)
    last = text
  }
}

/** One line on where an alert stands. */
export function describeAlert({ id, kind, state, title, audience, counts, unreachable, added }: AlertView): string {
  const more = added.people === 0 ? '' : `; ${added.counts.acknowledged} of ${added.people} added later acknowledged`
  return `${id}  ${kind.toUpperCase()}  ${state}  "${title}": ${counts.acknowledged} of ${audience} acknowledged, ${counts.heard} heard, ${counts.delivered} delivered, ${counts.accepted} accepted, ${counts.planned} planned, ${unreachable} unreachable${more}`
}
