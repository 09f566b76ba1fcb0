import type { TemplateBody, TemplatePatch } from '../../contract/templates.ts'
import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { checkTemplate } from '../../domain/templates/check-template.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, findDone, type Once } from '../once.ts'
import type { Template } from '../ports/template-store.ts'

/**
 * Saves a new template, or with `known` the next version of one. Running alerts keep the version they were raised with.
 *
 * @throws Problem naming the field; `template.name_taken`; `template.stale`
 */
export async function saveTemplate(
  deps: Deps,
  actor: Actor,
  body: TemplateBody,
  known: { id: string; version: number | null } | null,
  once: Once | null,
): Promise<Template> {
  const earlier = once && (await findDone<Template>(deps, actor, once))
  if (earlier) return earlier.result
  const current = known ? await findTemplate(deps, known.id) : null
  if (current && known?.version !== null && known?.version !== current.version) throw stale()
  const problem = checkTemplate(body)
  if (problem) throw problem
  const named = await deps.store.templates.find(body.name)
  if (named && named.id !== current?.id) {
    const message = `There is a template "${body.name}" already.`
    throw new Problem('conflict', 'template.name_taken', message, { field: 'name' })
  }
  const template = { id: current?.id ?? deps.newId(), version: (current?.version ?? 0) + 1, content: body }
  const statements = [
    deps.store.templates.save(template, deps.clock()),
    auditedIfChanged(deps, actor, 'template.save', template.id, { version: template.version }),
  ]
  const { result, repeated, rows } = await commitOnce(deps, actor, once, statements, template)
  if (!repeated && (rows[0]?.length ?? 0) === 0) throw stale()
  return result
}

/**
 * Saves the next version of a template, changed in what the patch names.
 *
 * @throws Problem `template.unknown` and what saving a template throws
 */
export async function updateTemplate(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number | null,
  patch: TemplatePatch,
): Promise<Template> {
  const { content, ...current } = await findTemplate(deps, id)
  const body = {
    name: patch.name ?? content.name,
    severity: patch.severity ?? content.severity,
    strategy: patch.strategy ?? content.strategy,
    hold: patch.hold ?? content.hold,
    cardTime: patch.cardTime ?? content.cardTime,
    quorum: patch.quorum === undefined ? content.quorum : patch.quorum,
    plan: patch.plan ?? content.plan,
    texts: patch.texts ?? content.texts,
    responses: patch.responses ?? content.responses,
    lifetime: patch.lifetime ?? content.lifetime,
  }
  return saveTemplate(deps, actor, body, { id: current.id, version: version ?? current.version }, null)
}

/**
 * Takes a template out of every list; alerts that run with it go on.
 *
 * @throws Problem `template.unknown`, `template.stale`
 */
export async function removeTemplate(deps: Deps, actor: Actor, id: string, version: number | null): Promise<void> {
  const template = await findTemplate(deps, id)
  const [removed] = await deps.store.commit([
    deps.store.templates.remove(template.id, version ?? template.version, deps.clock()),
    auditedIfChanged(deps, actor, 'template.remove', template.id),
  ])
  if (removed?.length !== 1) throw stale()
}

/** @throws Problem `template.unknown` */
export async function findTemplate(deps: Deps, idOrName: string): Promise<Template> {
  const template = await deps.store.templates.find(idOrName)
  if (!template) throw new Problem('missing', 'template.unknown', 'There is no such template.')
  return template
}

function stale(): Problem {
  return new Problem('stale', 'template.stale', 'Somebody else saved this template meanwhile. Look again and repeat.')
}
