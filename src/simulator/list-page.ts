import { ProviderError } from './provider-error.ts'

interface Listed {
  to: string
  from: string
  status: string
}

const DAY_MS = 86_400_000

function readTime(value: string): number {
  const at = Date.parse(value)
  if (Number.isNaN(at)) throw new ProviderError(20001, value)
  return at
}

/** A bare date means that whole day; with a time of day the comparison is exact. */
function matchesTime(at: number, query: URLSearchParams, name: string): boolean {
  const exact = query.get(name)
  const after = query.get(`${name}>`)
  const before = query.get(`${name}<`)
  if (exact && !(at >= readTime(exact.slice(0, 10)) && at < readTime(exact.slice(0, 10)) + DAY_MS)) return false
  if (after && at < readTime(after)) return false
  if (!before) return true
  return at <= readTime(before) + (before.length === 10 ? DAY_MS - 1 : 0)
}

/** One page of a list, newest first, filtered by To, From, Status and time, with the provider's page links. */
export function readPage<Item extends Listed>(all: Item[], url: URL, timeName: string, timeOf: (item: Item) => number) {
  const query = url.searchParams
  const wanted = (name: string, value: string) => !query.get(name) || query.get(name) === value
  const matching = all
    .filter((item) => wanted('To', item.to) && wanted('From', item.from) && wanted('Status', item.status))
    .filter((item) => matchesTime(timeOf(item), query, timeName))
    .reverse()
  const size = Math.min(1000, Math.max(1, Number(query.get('PageSize') ?? 50) || 50))
  const page = Math.max(0, Number(query.get('Page') ?? 0) || 0)
  const start = page * size
  const items = matching.slice(start, start + size)
  const link = (number: number) => {
    const params = new URLSearchParams(query)
    params.set('PageSize', String(size))
    params.set('Page', String(number))
    return `${url.pathname}?${params}`
  }
  return {
    items,
    links: {
      end: Math.max(start, start + items.length - 1),
      first_page_uri: link(0),
      next_page_uri: start + size < matching.length ? link(page + 1) : null,
      page,
      page_size: size,
      previous_page_uri: page > 0 ? link(page - 1) : null,
      start,
      uri: link(page),
    },
  }
}
