import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const PAGE = join(import.meta.dirname, '../../src/ARCHITECTURE.md')

/** The arrows of the state diagrams of ARCHITECTURE.md, by the bold word before each: `queued --> sending`. */
export function readDiagrams(): Map<string, Set<string>> {
  const diagrams = new Map<string, Set<string>>()
  for (const [, name = '', drawn = ''] of readFileSync(PAGE, 'utf8').matchAll(
    /^\*\*(\w+)\.?\*\*[^\n]*\n(?:(?!```)[^\n]*\n)*```mermaid\nstateDiagram-v2\n([\s\S]*?)```/gm,
  )) {
    const arrows = [...drawn.matchAll(/^ *(\S+) --> ([^\s:]+)/gm)].map(([, from, to]) => `${from} --> ${to}`)
    diagrams.set(name.toLowerCase(), new Set(arrows))
  }
  return diagrams
}

/** The arrows and every way along several of them: where each step may be skipped. */
export function withShortcuts(arrows: ReadonlySet<string>): Set<string> {
  const all = new Set(arrows)
  for (let before = 0; before < all.size; ) {
    before = all.size
    for (const one of [...all]) {
      for (const other of [...all]) {
        const [from, over] = one.split(' --> ')
        const [again, to] = other.split(' --> ')
        if (over === again) all.add(`${from} --> ${to}`)
      }
    }
  }
  return all
}
