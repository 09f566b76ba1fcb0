import { type Filter, parse } from 'scim2-parse-filter'
import { refuse } from './refuse.ts'

export type { Filter }

const LONGEST = 2_000
const DEEPEST = 20
const QUOTED = /"(?:[^"\\\p{Cc}]|\\.)*"/gu
/** Entra ID asks for `emails[type eq "work"].value eq "…"`, which is about one and the same address. */
const SUB_OF_SELECTED = /\[([^[\]]*)\]\.(\w+)\s+(pr\b|[a-z]{2}\s+[^\s()[\]]+)/gi

/**
 * A filter as a tree (RFC 7644, 3.4.2.2). Texts in quotes are taken out before it is parsed and put back afterwards: the
 * parser reads their escapes otherwise than JSON does, and takes exponential time over some that are not closed.
 *
 * @throws Problem `scim.invalidFilter`
 */
export function parseFilter(text: string): Filter {
  const texts: string[] = []
  if (text.length > LONGEST) throw invalid(`It is longer than ${LONGEST} characters.`)
  const plain = text
    .replace(QUOTED, (quoted) => `"${texts.push(readQuoted(quoted)) - 1}"`)
    .replace(/\b(?:true|false|null)\b/gi, (word) => word.toLowerCase())
    .replace(SUB_OF_SELECTED, '[($1) and $2 $3]')
  if (/[^\x20-\x7e]/.test(plain) || plain.split('"').length !== texts.length * 2 + 1) {
    throw invalid('A text has no end, or stands in no quotes.')
  }
  if (depthOf(plain) > DEEPEST) throw invalid('Its brackets go too deep.')
  try {
    return restore(parse(plain), texts)
  } catch {
    throw invalid('Write it like: userName eq "amira@example.org".')
  }
}

function readQuoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    throw invalid('A text in it is no JSON string.')
  }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [sign] of text.matchAll(/[()]|\bnot\b/gi)) {
    depth += sign === ')' ? -1 : 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function restore(filter: Filter, texts: readonly string[]): Filter {
  if ('filters' in filter) return { ...filter, filters: filter.filters.map((one) => restore(one, texts)) }
  if ('filter' in filter) return { ...filter, filter: restore(filter.filter, texts) }
  if ('valFilter' in filter) return { ...filter, valFilter: restore(filter.valFilter, texts) }
  if (!('compValue' in filter) || typeof filter.compValue !== 'string') return filter
  return { ...filter, compValue: texts[Number(filter.compValue)] ?? '' }
}

function invalid(why: string) {
  return refuse('invalidFilter', `This filter cannot be read. ${why}`, 'filter')
}
