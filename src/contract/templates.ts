import { z } from 'zod'
import { CHANNELS } from '../domain/deliveries/channel.ts'
import { SEVERITIES, STRATEGIES } from '../domain/templates/template.ts'
import { id, isoDuration } from './shapes.ts'

const languageCode = z.string().regex(/^[a-z]{2,3}$/, 'a language code such as "en"')

/** Words that a carrier itself reads as opting out; a reply word must not be one of them. */
export const templateBody = z.strictObject({
  name: z.string().trim().min(1).max(80),
  severity: z.enum(SEVERITIES).default('severe'),
  strategy: z.enum(STRATEGIES).default('broadcast'),
  plan: z
    .array(z.strictObject({ after: isoDuration, channels: z.array(z.enum(CHANNELS)).min(1) }))
    .min(1)
    .max(12),
  texts: z
    .record(
      languageCode,
      z.strictObject({ title: z.string().trim().min(1).max(120), body: z.string().trim().max(2000) }),
    )
    .refine((texts) => Object.keys(texts).length > 0, 'at least one language'),
  responses: z
    .array(
      z.strictObject({
        digit: z.string().regex(/^[1-9]$/, 'one digit from 1 to 9'),
        code: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'lower-case letters, digits and _'),
        accepts: z.boolean().default(true),
        needsHelp: z.boolean().default(false),
        label: z.record(languageCode, z.string().trim().min(1).max(60)),
      }),
    )
    .min(1)
    .max(9),
  lifetime: isoDuration.default('PT12H'),
})
export const template = z.object({ id, version: z.int(), ...templateBody.shape })
export type TemplateBody = z.infer<typeof templateBody>
export type TemplateView = z.infer<typeof template>
