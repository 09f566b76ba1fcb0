import { useEffect, useMemo, useState } from 'preact/hooks'
import type { TreeView } from '../../src/contract/trees.ts'
import { Refused } from '../api/request.ts'
import { service } from '../api/service.ts'
import { upkeep } from '../api/upkeep.ts'
import { treeTexts } from '../texts-trees.ts'
import { useSession } from './session.ts'
import { carryOut, type Step, type Wish } from './tree-draft.ts'
import { type Action, useAction } from './use-action.ts'
import { type Loaded, useLoad } from './use-load.ts'

interface Draft {
  /** What the wishes were made on; null while there are none. */
  base: TreeView | null
  wishes: readonly Wish[]
}

const EMPTY: Draft = { base: null, wishes: [] }

/** What was not saved yet, by account and tree: going to another page of the app and back loses nothing. */
const kept = new Map<string, Draft>()
/** Names of people who are in no tree, as they were met here. */
const met = new Map<string, string>()

export interface TreeDraft {
  loaded: Loaded<TreeView>
  /** The saved version that is shown with the wishes on it. */
  base: TreeView | null
  /** The version that somebody else saved meanwhile; null where there is none. */
  newer: TreeView | null
  nodes: TreeView['nodes']
  steps: Step[]
  saving: Action
  /** The version that was saved here last. */
  savedAs: number | null
  nameOf(person: string): string
  meet(person: string, name: string): void
  wish(wish: Wish): void
  undo(): void
  discard(): void
  /** Repeats the wishes on the version that somebody else saved; what is so there already goes. */
  rebase(): void
  leaveOutRefused(): void
  save(): Promise<void>
}

/** A tree with changes that are gathered here and saved as one. */
export function useTreeDraft(id: string): TreeDraft {
  const { account } = useSession().session
  const key = `${account.id} ${id}`
  const loaded = useLoad(id, (signal) => service.tree(id, signal))
  const [draft, setDraft] = useState<Draft>(kept.get(key) ?? EMPTY)
  const [saved, setSaved] = useState<TreeView | null>(null)
  const [names, setNames] = useState(0)
  const saving = useAction()
  const newest = saved && saved.version > (loaded.value?.version ?? 0) ? saved : loaded.value
  const base = draft.base ?? newest
  const write = (next: Draft) => {
    const settled = next.wishes.length === 0 ? EMPTY : next
    if (settled === EMPTY) kept.delete(key)
    else kept.set(key, settled)
    setDraft(settled)
  }
  const nameOf = useMemo(() => {
    const known = new Map((base?.nodes ?? []).map(({ person, name }) => [person, name]))
    return (person: string) => known.get(person) ?? met.get(person) ?? treeTexts.gone
  }, [base, names])
  const { nodes, steps } = useMemo(() => carryOut(base?.nodes ?? [], draft.wishes, nameOf), [base, draft, nameOf])
  useWarning(draft.wishes.length > 0)
  const keep = (base: TreeView | null, some: readonly Step[]) => write({ base, wishes: some.map(({ wish }) => wish) })
  return {
    ...{ loaded, base, nodes, steps, saving, nameOf },
    newer: base && newest && newest.version > base.version ? newest : null,
    savedAs: draft.wishes.length === 0 ? (saved?.version ?? null) : null,
    meet(person, name) {
      if (met.get(person) === name) return
      met.set(person, name)
      setNames((before) => before + 1)
    },
    wish: (wish) => write({ base, wishes: [...draft.wishes, wish] }),
    undo: () => write({ base: draft.base, wishes: draft.wishes.slice(0, -1) }),
    discard() {
      saving.clear()
      write(EMPTY)
    },
    rebase() {
      if (!newest) return
      saving.clear()
      // Whoever is not in the new version any more is still called by name.
      for (const { person, name } of base?.nodes ?? []) met.set(person, name)
      const again = carryOut(newest.nodes, draft.wishes, nameOf)
      keep(
        newest,
        again.steps.filter(({ edit, refused }) => edit !== null || refused !== null),
      )
    },
    leaveOutRefused: () =>
      keep(
        draft.base,
        steps.filter(({ refused }) => refused === null),
      ),
    async save() {
      const edits = steps.flatMap(({ edit }) => edit ?? [])
      await saving.run(async () => {
        if (!base) return
        try {
          if (edits.length > 0) setSaved(await upkeep.editTree(id, base.version, edits))
        } catch (error) {
          if (error instanceof Refused && error.status === 412) loaded.reload()
          throw error
        }
        write(EMPTY)
        loaded.reload()
      })
    },
  }
}

/** Asks before the page is left for another site, or loaded anew, with something that is not saved. */
function useWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [unsaved])
}
