/** A resource of a directory as JSON: only attributes that are known here, in their proper case. */
export interface Resource {
  [name: string]: ScimValue | undefined
}
export type ScimValue = string | boolean | Resource | Resource[]

/** What an attribute of a resource is (RFC 7643, 2). */
export interface Attribute {
  name: string
  type: 'string' | 'boolean' | 'dateTime' | 'complex'
  description: string
  multiValued?: true
  required?: true
  /** Compared with regard to case; names and mail addresses are not. */
  caseExact?: true
  readOnly?: true
  unique?: true
  subAttributes?: readonly Attribute[]
}

/** A kind of resource with the attributes that are kept of it; whatever else a directory sends is left aside. */
export interface ResourceKind {
  name: 'User' | 'Group'
  endpoint: '/Users' | '/Groups'
  schema: string
  description: string
  attributes: readonly Attribute[]
}

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  description,
  ...more,
})

/** What every resource has (RFC 7643, 3.1); no schema lists these. */
const COMMON: readonly Attribute[] = [
  text('id', 'Given by this service, and never given again', { readOnly: true, caseExact: true }),
  text('externalId', 'The id in the directory', { caseExact: true, unique: true }),
  {
    name: 'meta',
    type: 'complex',
    description: 'When it was made and changed',
    readOnly: true,
    subAttributes: [
      text('resourceType', 'User or Group', { readOnly: true }),
      { name: 'created', type: 'dateTime', description: 'When it came', readOnly: true },
      { name: 'lastModified', type: 'dateTime', description: 'When it changed last', readOnly: true },
      text('location', 'Its address', { readOnly: true, caseExact: true }),
      text('version', 'For If-Match', { readOnly: true, caseExact: true }),
    ],
  },
]

const several = (name: string, description: string, value: string): Attribute => ({
  name,
  type: 'complex',
  description,
  multiValued: true,
  subAttributes: [
    text('value', value),
    text('type', 'Such as work, mobile, home'),
    text('display', 'How it is shown'),
    { name: 'primary', type: 'boolean', description: 'Whether it is the preferred one' },
  ],
})

export const USER: ResourceKind = {
  name: 'User',
  endpoint: '/Users',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
  description: 'A person who can be reached',
  attributes: [
    text('userName', 'The name by which the directory knows the person', { required: true, unique: true }),
    {
      name: 'name',
      type: 'complex',
      description: 'The parts of the name',
      subAttributes: [
        text('formatted', 'The whole name'),
        text('familyName', 'Family name'),
        text('givenName', 'Given name'),
        text('middleName', 'Middle name'),
      ],
    },
    text('displayName', 'The name as it is shown to others'),
    text('preferredLanguage', 'The language of messages, such as "fr"'),
    text('locale', 'Stands in for the preferred language'),
    text('timezone', 'Such as "Europe/Paris"'),
    { name: 'active', type: 'boolean', description: 'Whether the person is to be reached' },
    several('emails', 'Mail addresses', 'name@example.org'),
    several('phoneNumbers', 'Numbers: mobile for texts and calls, fax is left out', 'With + and country code'),
    {
      name: 'groups',
      type: 'complex',
      description: 'The groups of the person, changed at the group',
      multiValued: true,
      readOnly: true,
      subAttributes: [
        text('value', 'The id of the group', { readOnly: true, caseExact: true }),
        text('display', 'Its name', { readOnly: true }),
      ],
    },
  ],
}

export const GROUP: ResourceKind = {
  name: 'Group',
  endpoint: '/Groups',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  description: 'A named group of people',
  attributes: [
    text('displayName', 'The name of the group', { required: true, unique: true }),
    {
      name: 'members',
      type: 'complex',
      description: 'The people in it',
      multiValued: true,
      subAttributes: [
        text('value', 'The id of a user', { caseExact: true }),
        text('display', 'The name of the user', { readOnly: true }),
      ],
    },
  ],
}

/** An attribute of a list by its name, which has no case (RFC 7643, 2.1). */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const sought = name.toLowerCase()
  return attributes.find((attribute) => attribute.name.toLowerCase() === sought)
}

/** All attributes of a resource, with those that every resource has. */
export function attributesOf(kind: ResourceKind): readonly Attribute[] {
  return kind === USER ? USER_ATTRIBUTES : GROUP_ATTRIBUTES
}
const USER_ATTRIBUTES = [...COMMON, ...USER.attributes]
const GROUP_ATTRIBUTES = [...COMMON, ...GROUP.attributes]

/** The name of an attribute without the schema in front of it; null where that is a schema of which nothing is kept. */
export function withoutSchema(kind: ResourceKind, path: string): string | null {
  if (!/^urn:/i.test(path)) return path
  const own = `${kind.schema}:`.toLowerCase()
  return path.toLowerCase().startsWith(own) ? path.slice(own.length) : null
}
