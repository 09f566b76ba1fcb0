/** One person's place in a call tree. A flat list is a tree without parents. */
export interface TreeNode {
  /** The person's id. */
  person: string
  /** The id of the person who calls this one; a node without is a root. */
  parent?: string
  /** Ids of those who take over, the first first. */
  deputies: string[]
}

/** Something wrong with a tree, said so that a person can mend it. */
export interface TreeProblem {
  code: string
  field: 'reportsTo' | 'deputy' | 'calls' | 'nodes'
  reason: string
  /** `refused` keeps the tree from being saved; `warning` says what was decided. */
  severity: 'refused' | 'warning'
  /** The id of the person whose entry is meant, where it is one person's. */
  person?: string
  /** The line of the file, where there is one. */
  line?: number
}
