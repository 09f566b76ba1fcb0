import { z } from 'zod'
import { alert } from './alerts.ts'
import { id, isoTime } from './shapes.ts'

const mark = z.enum(['reached', 'no_answer', 'wrong_number'])

const cardPerson = z.object({
  person: id,
  name: z.string(),
  mark: mark.nullable(),
  markedAt: isoTime.nullable(),
  /** What the person stands at, however it was learnt. */
  response: z.string().nullable(),
})

/** A card of a relay: its holder phones the people on it and marks what came of it. */
export const card = z.object({
  id,
  alert: id,
  holder: z.object({ person: id, name: z.string() }),
  /** Whose people these are. */
  branch: z.object({ person: id, name: z.string() }),
  issuedAt: isoTime,
  /** Whoever is not marked then is contacted directly. */
  deadline: isoTime,
  endedAt: isoTime.nullable(),
  endedWhy: z.enum(['deadline', 'holder_declined', 'holder_removed', 'all_settled']).nullable(),
  people: z.array(cardPerson),
})
export type CardView = z.infer<typeof card>

/** A card as its holder sees it, with the numbers to phone. */
export const myCard = card.extend({
  title: z.string(),
  responseOptions: alert.shape.responseOptions,
  people: z.array(cardPerson.extend({ phones: z.array(z.string()) })),
})
export type MyCard = z.infer<typeof myCard>

export const cardMark = z.strictObject({
  person: id,
  mark,
  /** What a person who was reached answered; only then, and then needed. */
  response: z.string().min(1).max(40).optional(),
})
export type CardMarkBody = z.infer<typeof cardMark>
