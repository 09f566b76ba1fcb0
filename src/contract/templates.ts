import { z } from 'zod'
import { CHANNELS } from '../domain/deliveries/channel.ts'
import { SEVERITIES, STRATEGIES } from '../domain/templates/template.ts'
import { block, id, isoDuration, languageCode, name } from './shapes.ts'

const fields = {
  name: name(80),
  severity: z.enum(SEVERITIES),
  strategy: z.enum(STRATEGIES),
  /** How long silence is waited for, in every strategy but broadcast. */
  hold: isoDuration,
  /** How long a relay's card may be worked on. */
  cardTime: isoDuration,
  /** Whom a quorum needs: people in all, people with a duty, and how many more are contacted each time. */
  quorum: z
    .strictObject({
      need: z.int().min(0).max(100_000).default(0),
      perDuty: z.record(name(100), z.int().min(1).max(10_000)).default({}),
      wave: z.int().min(1).max(10_000).default(1),
    })
    .nullable(),
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
  hold: fields.hold.optional(),
  cardTime: fields.cardTime.optional(),
  quorum: fields.quorum.optional(),
  lifetime: fields.lifetime.default('PT12H'),
})
export const template = z.object({ id, version: z.int(), ...templateBody.shape })
export type TemplateBody = z.infer<typeof templateBody>
export type TemplateView = z.infer<typeof template>
