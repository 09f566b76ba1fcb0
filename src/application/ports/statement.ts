/**
 * One write, fixed before the commit begins. There are no interactive transactions: D1 has none.
 * Every guarded statement repeats its guard, since one that matches nothing does not stop the next.
 */
export interface Statement {
  readonly sql: string
  readonly params: readonly unknown[]
}

/** What a statement returned: the rows of its `returning`, or nothing. */
export type Rows = readonly Record<string, unknown>[]

/** Carries out all statements or none, and answers the rows of each. */
export type Commit = (statements: readonly Statement[]) => Promise<Rows[]>
