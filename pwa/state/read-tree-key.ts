import type { Row } from './grow-tree.ts'

/** What a key does in a tree (ARIA Authoring Practices, tree view): open or close, choose, or go to somebody. */
export function readKey(
  event: KeyboardEvent,
  { branch, open }: Row,
  index: number,
  shown: readonly Row[],
): 'turn' | 'choose' | { to: string | undefined } | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  const parent = branch.children.length > 0
  switch (event.key) {
    case 'ArrowDown':
      return { to: shown[index + 1]?.branch.person }
    case 'ArrowUp':
      return { to: shown[index - 1]?.branch.person }
    case 'ArrowRight':
      return parent && !open ? 'turn' : { to: parent ? branch.children[0]?.person : undefined }
    case 'ArrowLeft':
      return open ? 'turn' : { to: branch.parent?.person }
    case 'Home':
      return { to: shown[0]?.branch.person }
    case 'End':
      return { to: shown.at(-1)?.branch.person }
    case 'Enter':
    case ' ':
      return 'choose'
    default:
      return null
  }
}
