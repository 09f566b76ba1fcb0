/** What is wrong with one field of one row of a file. */
export interface RowProblem {
  /** Our name of the column, such as `mobile` or `reportsTo`; `row` when it is the row as a whole. */
  field: string
  code: string
  reason: string
  /** `refused`: the row cannot be taken. `review`: a human must decide. `warning`: taken, but look at it. */
  severity: 'refused' | 'review' | 'warning'
}
