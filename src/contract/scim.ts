import { z } from 'zod'

/** What a directory sends, for the documentation: it is read more loosely than this, as directories write it. */
const several = z.array(z.object({ value: z.string(), type: z.string().optional(), primary: z.boolean().optional() }))

export const scimUser = z.object({
  userName: z.string(),
  externalId: z.string().optional(),
  name: z
    .object({
      formatted: z.string().optional(),
      givenName: z.string().optional(),
      middleName: z.string().optional(),
      familyName: z.string().optional(),
    })
    .optional(),
  displayName: z.string().optional(),
  preferredLanguage: z.string().optional(),
  locale: z.string().optional(),
  timezone: z.string().optional(),
  active: z.boolean().optional(),
  emails: several.optional(),
  phoneNumbers: several.optional(),
})

export const scimGroup = z.object({
  displayName: z.string(),
  externalId: z.string().optional(),
  members: z.array(z.object({ value: z.string() })).optional(),
})

export const scimPatch = z.object({
  schemas: z.array(z.literal('urn:ietf:params:scim:api:messages:2.0:PatchOp')),
  Operations: z.array(
    z.object({ op: z.enum(['add', 'replace', 'remove']), path: z.string().optional(), value: z.unknown().optional() }),
  ),
})
