import { z } from 'zod'

/** One field of a request or answer, as documentation names it. */
export interface Field {
  /** Such as `plan[].channels[]`, or `texts.*.title` where every name is allowed. */
  path: string
  type: string
  required: boolean
}

interface Schema {
  type?: string
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  default?: unknown
}

/** A shape as JSON Schema. */
export function schemaOf(shape: z.ZodType) {
  return z.toJSONSchema(shape, { unrepresentable: 'any', io: 'input' })
}

/** All fields of a shape, those inside others right after them. */
export function fieldsOf(shape: z.ZodType): Field[] {
  return walk(schemaOf(shape) as Schema, '')
}

function walk(schema: Schema, path: string): Field[] {
  const parts = schema.anyOf ?? [schema]
  return parts.flatMap((part) => {
    const known = Object.entries(part.properties ?? {}).flatMap(([name, field]) =>
      withInner(field, path === '' ? name : `${path}.${name}`, part.required?.includes(name) ?? false),
    )
    const rest =
      typeof part.additionalProperties === 'object' ? withInner(part.additionalProperties, `${path}.*`, false) : []
    return [...known, ...rest, ...(part.items ? walk(part.items, `${path}[]`) : [])]
  })
}

function withInner(schema: Schema, path: string, required: boolean): Field[] {
  return [{ path, type: typeOf(schema), required }, ...walk(schema, path)]
}

function typeOf(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ')
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`
  const standing = schema.default === undefined ? '' : `, else ${JSON.stringify(schema.default)}`
  return `${schema.format ?? schema.type ?? 'anything'}${standing}`
}
