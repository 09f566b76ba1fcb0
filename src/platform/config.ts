import { z } from 'zod'
import { checkSubject } from '../channels/webpush/check-subject.ts'
import { readEmailAddresses } from '../domain/people/email-address.ts'

/** A start that must not happen: one sentence that names the setting. */
export class ConfigProblem extends Error {}

const secret = z.union([z.string().min(1), z.strictObject({ env: z.string().min(1) })])
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number such as "+442079460018"')
const name = z.string().regex(/^[a-z0-9-]{1,30}$/, 'lower-case letters, digits and "-"')
const rate = z.number().positive().max(10_000)

/** A secret in a path, as long as what `openssl rand -hex 12` makes. */
const SHORTEST_TOKEN = 24

function isOneAddress(text: string): boolean {
  const reading = readEmailAddresses(text)
  return reading.ok && reading.addresses.length === 1 && reading.addresses[0] === text
}

const carrier = z.discriminatedUnion('kind', [
  z
    .strictObject({
      name,
      kind: z.literal('twilio'),
      channels: z.array(z.enum(['sms', 'voice'])).min(1),
      accountSid: z.string().regex(/^AC[0-9a-f]{32}$/i, '"AC" and 32 hexadecimal digits'),
      authToken: secret,
      from: e164.or(z.string().regex(/^[A-Za-z0-9 ]{1,11}$/)).optional(),
      messagingServiceSid: z
        .string()
        .regex(/^MG[0-9a-f]{32}$/i)
        .optional(),
      apiBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
      smsPerSecond: rate.optional(),
      callsPerSecond: rate.optional(),
    })
    .refine((value) => value.from !== undefined || value.messagingServiceSid !== undefined, {
      path: ['from'],
      message: 'a number to send from, or "messagingServiceSid"',
    }),
  z.strictObject({
    name,
    kind: z.literal('webpush'),
    channels: z.array(z.literal('push')).min(1),
    subject: z.string().superRefine((value, context) => {
      const reason = checkSubject(value)
      if (reason) context.addIssue({ code: 'custom', message: reason })
    }),
    trustedHosts: z.array(z.string()).optional(),
  }),
  z.strictObject({
    name,
    kind: z.literal('smtp'),
    channels: z.array(z.literal('email')).min(1),
    url: secret,
    from: z.string().refine(isOneAddress, 'a mail address such as "alarm@example.org"'),
    mailsPerSecond: rate.optional(),
    inboundToken: secret.optional(),
  }),
])
const carriersFile = z
  .strictObject({ carriers: z.array(carrier).min(1) })
  .refine(({ carriers }) => new Set(carriers.map((one) => one.name)).size === carriers.length, {
    path: ['carriers'],
    message: 'two carriers have the same name',
  })

type CarrierEntry = z.infer<typeof carrier>
/** A carrier as it is configured, with its secrets filled in. */
export type CarrierConfig = Filled<CarrierEntry>
type Filled<Entry> = Entry extends unknown ? { [Field in keyof Entry]: Exclude<Entry[Field], { env: string }> } : never

/** Reads the carriers' JSON. @throws ConfigProblem naming the field */
export function readCarriers(json: string, environment: Record<string, string | undefined>): CarrierConfig[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new ConfigProblem('TOCSIN_CARRIERS is not JSON.')
  }
  const result = carriersFile.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new ConfigProblem(`TOCSIN_CARRIERS: ${issue?.path.join('.') || 'the file'}: ${issue?.message}.`)
  }
  return result.data.carriers.map((entry) => fillSecrets(entry, environment))
}

function fillSecrets(entry: CarrierEntry, environment: Record<string, string | undefined>): CarrierConfig {
  const fields = Object.entries(entry).map(([field, value]) => {
    if (typeof value !== 'object' || !('env' in value)) return [field, value]
    const found = environment[value.env]
    if (found) return [field, found]
    throw new ConfigProblem(`Carrier "${entry.name}" takes its ${field} from ${value.env}, which is not set.`)
  })
  const filled = Object.fromEntries(fields) as CarrierConfig
  if (filled.kind === 'smtp' && filled.inboundToken !== undefined && filled.inboundToken.length < SHORTEST_TOKEN) {
    throw new ConfigProblem(`Carrier "${entry.name}" needs an inboundToken of at least ${SHORTEST_TOKEN} characters.`)
  }
  return filled
}

const settings = z.object({
  TOCSIN_HOST: z.string().min(1).default('127.0.0.1'),
  TOCSIN_PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  TOCSIN_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .transform((url) => url?.replace(/\/+$/, '')),
  TOCSIN_DATA: z.string().min(1).default('./data'),
  TOCSIN_SECRET: z.string().optional(),
  TOCSIN_REGION: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country such as "GB"')
    .default('GB'),
  TOCSIN_LANGUAGE: z
    .string()
    .regex(/^[a-z]{2}$/, 'a language such as "en"')
    .default('en'),
  TOCSIN_ORGANISATION: z.string().trim().min(1).max(60).optional(),
  TOCSIN_DEMO: z.enum(['0', '1']).default('0'),
  TOCSIN_CARRIERS: z.string().min(1).optional(),
})
export type Environment = z.infer<typeof settings>

/** Reads the environment once. @throws ConfigProblem naming the variable */
export function readEnvironment(environment: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = settings.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new ConfigProblem(`${issue?.path.join('.')}: ${issue?.message}.`)
}
