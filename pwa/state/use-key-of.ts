import { useRef } from 'preact/hooks'

/** Names one request: sent again after a lost answer it is the same, with other content it is another. */
export function useKeyOf(content: string): string {
  const known = useRef<{ content: string; key: string } | null>(null)
  if (known.current?.content !== content) known.current = { content, key: crypto.randomUUID() }
  return known.current.key
}
