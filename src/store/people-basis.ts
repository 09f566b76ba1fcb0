import { sql } from 'drizzle-orm'

/** Differs whenever any person has changed, and never becomes again what it was: nobody is deleted. */
export const BASIS = sql`(select count(*) || ' ' || coalesce(max(updated_at), 0) || ' ' || coalesce(sum(version), 0) from people)`
