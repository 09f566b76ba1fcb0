/** The part of OpenAPI 3.0's schema language that the provider's description uses. */
export interface Schema {
  $ref?: string
  type?: string
  nullable?: boolean
  enum?: unknown[]
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeProblem(type: string | undefined, value: unknown): boolean {
  if (type === undefined) return false
  if (type === 'integer') return !Number.isInteger(value)
  if (type === 'array') return !Array.isArray(value)
  if (type === 'object') return !isObject(value)
  return typeof value !== type
}

/** Every way in which the value does not fit, each with its path. Formats are left out, names not described are told. */
export function findProblems(schema: Schema, value: unknown, schemas: Record<string, Schema>, path = '$'): string[] {
  if (schema.$ref !== undefined) {
    const target = schemas[schema.$ref.split('/').at(-1) ?? '']
    return target ? findProblems(target, value, schemas, path) : [`${path}: ${schema.$ref} is not described`]
  }
  if (value === null) return schema.nullable ? [] : [`${path}: null`]
  if (typeProblem(schema.type, value)) return [`${path}: ${JSON.stringify(value)} is no ${schema.type}`]
  const problems: string[] = []
  if (schema.enum && !schema.enum.includes(value)) problems.push(`${path}: ${JSON.stringify(value)} is not listed`)
  if (typeof value === 'string') {
    if (schema.pattern && !new RegExp(schema.pattern).test(value)) problems.push(`${path}: "${value}" has another form`)
    if (value.length < (schema.minLength ?? 0)) problems.push(`${path}: too short`)
    if (value.length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) problems.push(`${path}: too long`)
  }
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity))
      problems.push(`${path}: out of range`)
  }
  if (Array.isArray(value))
    for (const [i, item] of value.entries())
      problems.push(...findProblems(schema.items ?? {}, item, schemas, `${path}[${i}]`))
  if (isObject(value)) {
    for (const name of schema.required ?? []) if (!(name in value)) problems.push(`${path}.${name}: missing`)
    for (const [name, field] of Object.entries(value)) {
      const described = schema.properties?.[name]
      if (described) problems.push(...findProblems(described, field, schemas, `${path}.${name}`))
      else if (schema.properties) problems.push(`${path}.${name}: not described`)
    }
  }
  return problems
}
