import { Problem } from '../errors.ts'

/** What a directory is told beside the status (RFC 7644, 3.12, table 9). */
export type ScimType =
  | 'invalidFilter'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'

const PREFIX = 'scim.'

/** The refusal of a directory's request, which changes nothing. */
export function refuse(type: ScimType, message: string, field?: string): Problem {
  const kind = type === 'uniqueness' ? 'conflict' : 'malformed'
  return new Problem(kind, `${PREFIX}${type}`, message, { field })
}

/** The type of a refusal that was made by {@link refuse}; undefined for every other. */
export function scimTypeOf(problem: Problem): string | undefined {
  return problem.code.startsWith(PREFIX) ? problem.code.slice(PREFIX.length) : undefined
}
