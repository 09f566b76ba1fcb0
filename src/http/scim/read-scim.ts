import { z } from 'zod'
import type { ListRequest } from '../../application/directory/list-resources.ts'
import type { Projection } from '../../domain/directory/project.ts'
import { refuse } from '../../domain/directory/refuse.ts'
import { readQuery } from '../read-input.ts'
import type { AppContext } from '../route.ts'

/** Resources of one answer, at most and where nothing is said. */
export const MOST_RESULTS = 200
const USUAL_RESULTS = 100

const number = z.coerce.number().int()
const names = z.string().max(2_000).optional()

export const projectionQuery = z.object({ attributes: names, excludedAttributes: names })
export const listQuery = projectionQuery.extend({
  filter: z.string().optional(),
  sortBy: z.string().max(100).optional(),
  sortOrder: z.string().optional(),
  /** Less than 1 counts as 1 (RFC 7644, 3.4.2.4). */
  startIndex: number.optional(),
  /** Less than 0 counts as 0, more than 200 as 200. */
  count: number.optional(),
})

export function readProjection(c: AppContext): Projection {
  const { attributes, excludedAttributes } = readQuery(c, projectionQuery)
  return { attributes: split(attributes), excluded: split(excludedAttributes) }
}

export function readList(c: AppContext, projection: Projection): ListRequest {
  const query = readQuery(c, listQuery)
  return {
    filter: query.filter?.trim() ? query.filter : null,
    sortBy: query.sortBy?.trim() ? query.sortBy.trim() : null,
    descending: query.sortOrder?.toLowerCase() === 'descending',
    startIndex: Math.max(1, query.startIndex ?? 1),
    count: Math.min(MOST_RESULTS, Math.max(0, query.count ?? USUAL_RESULTS)),
    members: wantsMembers(projection),
  }
}

/** Whether the answer shows members: directories leave them out, since they can be many. */
export function wantsMembers({ attributes, excluded }: Projection): boolean {
  const names = (list: readonly string[]) =>
    list.map(
      (one) =>
        one
          .toLowerCase()
          .replace(/^urn:.*:/, '')
          .split('.')[0],
    )
  return attributes.length > 0
    ? names(attributes).includes('members')
    : !excluded.some((one) => /^(urn:.*:)?members$/i.test(one))
}

function split(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** The body, whatever media type it is sent as. @throws Problem `scim.invalidSyntax` */
export async function readJson(c: AppContext): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    throw refuse('invalidSyntax', 'The body is no JSON.', 'body')
  }
}
