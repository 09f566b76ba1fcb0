/** Part of a list: `cursor` is opaque and comes from the page before. */
export interface PageRequest {
  cursor: string | null
  limit: number
}

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}
