import { z } from 'zod'
import { cleanTypedBlock, cleanTypedLine, isVisible } from '../domain/clean-input.ts'

/** Building blocks that all requests and responses share. */
export const id = z.uuid()
export const isoTime = z.iso.datetime()
export const isoDuration = z.iso.duration()

export const languageCode = z.string().regex(/^[a-z]{2,3}$/, 'a language code such as "en"')

/** What people type on one line, cleaned before anything else is asked of it; may be empty. */
export const line = (max: number) => z.string().overwrite(cleanTypedLine).max(max)
/** The same, of which something must be visible. */
export const name = (max: number) => line(max).refine(isVisible, 'has nothing that can be seen')
/** The same of several lines; may be empty. */
export const block = (max: number) => z.string().overwrite(cleanTypedBlock).max(max)

/** Every list of the API: a page and the cursor of the next one. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** An error, as problem details (RFC 9457) with a stable code and, for input, the field. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  field: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type ProblemBody = z.infer<typeof problem>

/** Where a list goes on, and how long a page is. */
export const pageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
