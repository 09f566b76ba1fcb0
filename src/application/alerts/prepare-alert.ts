import type { AlertBody } from '../../contract/alerts.ts'
import { type Actor, mayRaise } from '../../domain/access/role.ts'
import type { Manifest } from '../../domain/alerts/alert.ts'
import { Problem } from '../../domain/errors.ts'
import type { Deps } from '../deps.ts'

/**
 * Freezes what would be sent to whom. Names or ids that mean nothing are refused with their field.
 *
 * @throws Problem `template.unknown`, `key.may_not_raise`, `tree.unknown`, `alert.empty_audience`
 */
export async function prepareAlert(
  deps: Deps,
  actor: Actor,
  body: AlertBody,
): Promise<{ manifest: Manifest; audience: number }> {
  const { store, settings } = deps
  const template = await store.templates.find(body.template)
  if (!template) {
    throw new Problem('invalid', 'template.unknown', `There is no template "${body.template}".`, { field: 'template' })
  }
  if (!mayRaise(actor, template.content.name)) {
    const message = `This key may not raise "${template.content.name}".`
    throw new Problem('forbidden', 'key.may_not_raise', message, { field: 'template' })
  }
  const trees = await Promise.all(
    body.trees.map(async (name, index) => {
      const tree = await store.trees.find(name)
      if (tree) return { id: tree.id, name: tree.name, version: tree.version }
      throw new Problem('invalid', 'tree.unknown', `There is no tree "${name}".`, { field: `trees.${index}` })
    }),
  )
  const distinct = [...new Map(trees.map((tree) => [tree.id, tree])).values()]
  const audience = await store.trees.countPeople(distinct)
  if (audience === 0) {
    throw new Problem('invalid', 'alert.empty_audience', 'Nobody is in the chosen trees.', { field: 'trees' })
  }
  const manifest = {
    template: { ...template.content, id: template.id, version: template.version },
    trees: distinct,
    organisation: settings.organisation,
    fallbackLanguage: settings.language,
  }
  return { manifest, audience }
}
