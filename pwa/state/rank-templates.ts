import type { AlertView } from '../../src/contract/alerts.ts'
import type { TemplateView } from '../../src/contract/templates.ts'

const SEVERITY = ['extreme', 'severe', 'moderate', 'minor']

/** The likeliest first: by how often they were raised of late, then by severity, then by name. */
export function rankTemplates(templates: readonly TemplateView[], alerts: readonly AlertView[]): TemplateView[] {
  const used = new Map<string, number>()
  for (const alert of alerts) used.set(alert.template.id, (used.get(alert.template.id) ?? 0) + 1)
  return templates.toSorted(
    (a, b) =>
      (used.get(b.id) ?? 0) - (used.get(a.id) ?? 0) ||
      SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity) ||
      a.name.localeCompare(b.name),
  )
}

/** The trees to begin with: the only one, or those that this template was raised to the last time. */
export function likelyTrees(
  template: string,
  trees: readonly { id: string }[],
  alerts: readonly AlertView[],
): string[] {
  const [only, ...others] = trees
  if (only && others.length === 0) return [only.id]
  const last = alerts
    .filter((alert) => alert.template.id === template)
    .toSorted((a, b) => b.raisedAt.localeCompare(a.raisedAt))
    .at(0)
  const known = new Set(trees.map((tree) => tree.id))
  const ids = last?.trees.map((tree) => tree.id) ?? []
  return ids.every((id) => known.has(id)) ? ids : []
}
