import { z } from 'zod'
import { CHANNELS } from '../domain/deliveries/channel.ts'
import { SEVERITIES, STRATEGIES } from '../domain/templates/template.ts'
import { block, id, isoDuration, languageCode, name } from './shapes.ts'

const fields = {
  name: name(80),
  severity: z.enum(SEVERITIES),
  strategy: z.enum(STRATEGIES),
  plan: z
    .array(z.strictObject({ after: isoDuration, channels: z.array(z.enum(CHANNELS)).min(1) }))
    .min(1)
    .max(12),
  texts: z
    .record(languageCode, z.strictObject({ title: name(120), body: block(2000) }))
    .refine((texts) => Object.keys(texts).length > 0, 'at least one language'),
  /** Words that a carrier itself reads as opting out are refused as labels. */
  responses: z
    .array(
      z.strictObject({
        digit: z.string().regex(/^[1-9]$/, 'one digit from 1 to 9'),
        code: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'lower-case letters, digits and _'),
        accepts: z.boolean().default(true),
        needsHelp: z.boolean().default(false),
        label: z.record(languageCode, name(60)),
      }),
    )
    .min(1)
    .max(9),
  lifetime: isoDuration,
}

/** What a change to a template names; what is absent stays as it is. */
export const templatePatch = z.strictObject(fields).partial()
export type TemplatePatch = z.infer<typeof templatePatch>

export const templateBody = z.strictObject({
  ...fields,
  severity: fields.severity.default('severe'),
  strategy: fields.strategy.default('broadcast'),
  lifetime: fields.lifetime.default('PT12H'),
})
export const template = z.object({ id, version: z.int(), ...templateBody.shape })
export type TemplateBody = z.infer<typeof templateBody>
export type TemplateView = z.infer<typeof template>
