import type { AlertView, PreflightResult } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { type Loaded, useLoad } from './use-load.ts'

interface Draft {
  template: string | null
  trees: readonly string[]
  kind: AlertView['kind']
}

/** Who would be reached by the draft as it stands. */
export function usePreflight(draft: Draft): Loaded<PreflightResult> {
  const ready = draft.template !== null && draft.trees.length > 0
  const body = { template: draft.template ?? '', trees: [...draft.trees], kind: draft.kind }
  return useLoad(ready ? JSON.stringify(body) : null, (signal) => service.preflight(body, signal))
}
