/**
 * Long work that stops every few milliseconds, so that whoever runs it can let others have their turn; it ends with its
 * result.
 */
export type Steps<Result> = Generator<void, Result>

/** Acts on each item and stops after every `slice` of them. */
export function* each<Item>(items: Iterable<Item>, slice: number, act: (item: Item) => void): Steps<void> {
  let count = 0
  for (const item of items) {
    act(item)
    if (++count % slice === 0) yield
  }
}
