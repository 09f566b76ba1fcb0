import { expect } from 'vitest'
import {
  type CardMark,
  type ContactFacts,
  type ContactHistory,
  type IssuedCard,
  UNTOUCHED,
} from '../../../src/domain/strategies/contact-facts.ts'
import { decideContacts } from '../../../src/domain/strategies/decide-contacts.ts'
import type { Because, Decision, Pass } from '../../../src/domain/strategies/decision.ts'
import { layTrees } from '../../../src/domain/strategies/lay-trees.ts'
import type { AlertRules, FrozenTree } from '../../../src/domain/strategies/strategy-rules.ts'

/** What a person does in the simulated emergency; times are milliseconds after the alert unless said otherwise. */
export interface Behaviour {
  /** After being contacted; nobody answers for those who have none. */
  answers: { after: number; accepts: boolean }[]
  /** Answers without having been contacted. */
  volunteersAt?: number
  /** After being contacted, when the plan is over or reached nobody. */
  exhaustedAfter?: number
  removedAt?: number
  awayUntil?: number
  duty?: string
  /** Milliseconds for each call of a card; without, cards lie idle. */
  phonesEvery?: number
  /** What somebody phoning this person meets. */
  onPhone?: CardMark
}

interface Event {
  at: number
  happen: () => void
}

/** An emergency in which time moves by hand, the store is a map, and decisions are carried out as they are made. */
export class World {
  readonly people = new Map<string, ContactFacts>()
  readonly cards: (IssuedCard & { marks: Map<string, { mark: CardMark; at: number }> })[] = []
  readonly passes: Pass[] = []
  readonly starts: { person: string; because: Because; at: number }[] = []
  readonly decisions: { at: number; decision: Decision }[] = []
  now = 0
  private nextAt: number | null = 0
  private readonly events: Event[] = []
  private readonly laid: ReturnType<typeof layTrees>
  readonly alert: AlertRules
  private readonly behaviours: ReadonlyMap<string, Behaviour>

  constructor(alert: AlertRules, trees: FrozenTree[], behaviours: ReadonlyMap<string, Behaviour> = new Map()) {
    this.alert = alert
    this.behaviours = behaviours
    this.laid = layTrees(trees)
    for (const [person, { awayUntil, removedAt, volunteersAt, duty }] of behaviours) {
      this.learn(person, { awayUntil: awayUntil ?? null, duty: duty ?? null })
      if (removedAt !== undefined) this.plan(removedAt, () => this.learn(person, { removedAt }))
      if (volunteersAt !== undefined) this.plan(volunteersAt, () => this.answer(person, true))
    }
  }

  get history(): ContactHistory {
    return { people: this.people, cards: this.cards, passes: this.passes }
  }

  /** Whom the alert has reached out to, in order. */
  get contacted(): string[] {
    return this.starts.map((start) => start.person)
  }

  learn(person: string, facts: Partial<ContactFacts>): void {
    this.people.set(person, { ...(this.people.get(person) ?? UNTOUCHED), ...facts })
  }

  answer(person: string, accepts: boolean): void {
    const answer = { at: this.now, accepts }
    this.learn(person, { latestAnswer: answer, firstAnswer: this.people.get(person)?.firstAnswer ?? answer })
  }

  mark(card: World['cards'][number], person: string, mark: CardMark): void {
    card.marks.set(person, { mark, at: this.now })
    if (mark === 'reached' && !this.people.get(person)?.latestAnswer) this.answer(person, true)
  }

  /** Decides, and carries the steps out. */
  decide(): Decision {
    const decision = decideContacts(this.alert, this.laid, this.history, this.now)
    const again = decideContacts(this.alert, this.laid, this.history, this.now)
    expect(again, 'the same history gives the same steps').toEqual(decision)
    this.decisions.push({ at: this.now, decision })
    for (const { person, because } of decision.start) {
      this.starts.push({ person, because, at: this.now })
      const deputyFor = because.why === 'deputy_for' ? because.person : null
      this.learn(person, { startedAt: this.now, deputyFor })
      const { answers, exhaustedAfter } = this.behaviours.get(person) ?? { answers: [] }
      for (const { after, accepts } of answers) this.plan(this.now + after, () => this.answer(person, accepts))
      if (exhaustedAfter !== undefined) {
        this.plan(this.now + exhaustedAfter, () => this.learn(person, { exhaustedAt: this.now }))
      }
    }
    for (const person of decision.notNeeded) this.learn(person, { notNeededAt: this.now })
    for (const person of decision.neededAgain) this.learn(person, { neededAgainAt: this.now })
    this.passes.push(...decision.pass)
    for (const { card } of decision.endCards) {
      const index = this.cards.findIndex((one) => one.id === card)
      const ended = this.cards[index]
      if (ended) this.cards[index] = { ...ended, endedAt: this.now }
    }
    for (const { tree, branch, holder, people, deadline } of decision.cards) {
      const id = `card ${this.cards.length}`
      this.cards.push({ id, tree, branch, holder, people, deadline, marks: new Map(), endedAt: null })
      this.work(id, holder, people)
    }
    this.nextAt = decision.nextAt
    return decision
  }

  /** Moves the time to the next event or wake-up, if any is left, and decides. */
  step(): boolean {
    this.events.sort((a, b) => a.at - b.at)
    const times = [this.events[0]?.at, this.nextAt].filter((time) => typeof time === 'number')
    if (times.length === 0) return false
    this.now = Math.max(this.now, Math.min(...times))
    while (this.events[0] && this.events[0].at <= this.now) this.events.shift()?.happen()
    this.decide()
    return true
  }

  /** Lives through the whole emergency. */
  run(bound = 5_000): void {
    for (let steps = 0; this.step(); steps++) expect(steps, 'it ends').toBeLessThan(bound)
  }

  private plan(at: number, happen: () => void): void {
    this.events.push({ at, happen })
  }

  private work(id: string, holder: string, people: string[]): void {
    const pace = this.behaviours.get(holder)?.phonesEvery
    if (pace === undefined) return
    for (const [index, person] of people.entries()) {
      const mark = this.behaviours.get(person)?.onPhone
      if (mark === undefined) continue
      this.plan(this.now + pace * (index + 1), () => {
        const card = this.cards.find((one) => one.id === id)
        if (card && card.endedAt === null) this.mark(card, person, mark)
      })
    }
  }
}
