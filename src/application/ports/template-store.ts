import type { TemplateContent } from '../../domain/templates/template.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

export interface Template {
  id: string
  version: number
  content: TemplateContent
}

export interface TemplateStore {
  list(request: PageRequest): Promise<Page<Template>>
  /** By id or by name. */
  find(idOrName: string): Promise<Template | null>
  /** Version 1 inserts; a later one answers a row only when the version before it was the current one. */
  save(template: Template, now: number): Statement
  /** Takes a template out of every list; running alerts keep theirs. Answers a row when the version was the one given. */
  remove(id: string, version: number, now: number): Statement
}
