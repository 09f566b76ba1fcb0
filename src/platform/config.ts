import { isSupportedCountry } from 'libphonenumber-js/max'
import { z } from 'zod'
import { checkSubject } from '../channels/webpush/check-subject.ts'
import { readEmailAddresses } from '../domain/people/email-address.ts'
import { readAddressRange } from './address-ranges.ts'
import { e164, flow, phoneLimits } from './carrier-limits.ts'
import { readAllowedTarget } from './target-rules.ts'

/** A start that must not happen: one sentence that names the setting. */
export class ConfigProblem extends Error {}

const secret = z.union([z.string().min(1), z.strictObject({ env: z.string().min(1) })])
const sender = e164.or(z.string().regex(/^[A-Za-z0-9 ]{1,11}$/))
/** Further numbers that messages may come from, such as those of a messaging service: for the card that phones keep. */
const senderNumbers = z.array(e164).max(100).optional()
const name = z.string().regex(/^[a-z0-9-]{1,30}$/, 'lower-case letters, digits and "-"')
const rate = z.number().positive().max(10_000)

function isOneAddress(text: string): boolean {
  const reading = readEmailAddresses(text)
  return reading.ok && reading.addresses.length === 1 && reading.addresses[0] === text
}

const addressRange = z.string().transform((text, context) => {
  const range = readAddressRange(text)
  if (range) return range
  context.addIssue({ code: 'custom', message: `"${text}" is no IP address and no block such as "192.0.2.0/24"` })
  return z.NEVER
})

const allowedTarget = z.string().transform((text, context) => {
  const target = readAllowedTarget(text)
  if (target) return target
  const message = `"${text}" is no IP address, no block such as "192.0.2.0/24" and no host such as "gateway.example.org"`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

const carrier = z.discriminatedUnion('kind', [
  z
    .strictObject({
      name,
      kind: z.literal('twilio'),
      channels: z.array(z.enum(['sms', 'voice'])).min(1),
      accountSid: z.string().regex(/^AC[0-9a-f]{32}$/i, '"AC" and 32 hexadecimal digits'),
      authToken: secret,
      from: sender.optional(),
      messagingServiceSid: z
        .string()
        .regex(/^MG[0-9a-f]{32}$/i)
        .optional(),
      senderNumbers,
      apiBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
      smsPerSecond: rate.optional(),
      callsPerSecond: rate.optional(),
      ...phoneLimits,
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
    ...flow,
  }),
  z.strictObject({
    name,
    kind: z.literal('smtp'),
    channels: z.array(z.literal('email')).min(1),
    url: secret,
    from: z.string().refine(isOneAddress, 'a mail address such as "alarm@example.org"'),
    mailsPerSecond: rate.optional(),
    ...flow,
    callbackToken: secret.optional(),
  }),
  z.strictObject({
    name,
    kind: z.literal('sms-gateway'),
    channels: z.array(z.literal('sms')).min(1),
    url: z.url({ protocol: /^https?$/ }),
    username: z.string().min(1),
    password: secret,
    from: sender.optional(),
    senderNumbers,
    smsPerSecond: rate.optional(),
    ...phoneLimits,
    callbackToken: secret,
    callbackBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
    allowedSources: z.array(addressRange).min(1),
  }),
  z.strictObject({
    name,
    kind: z.literal('webhook'),
    channels: z.array(z.literal('webhook')).min(1),
    secret,
    messagesPerSecond: rate.optional(),
    ...flow,
    allowedTargets: z.array(allowedTarget).optional(),
  }),
])
const carriersFile = z
  .strictObject({ carriers: z.array(carrier).min(1) })
  .refine(({ carriers }) => new Set(carriers.map((one) => one.name)).size === carriers.length, {
    path: ['carriers'],
    message: 'two carriers have the same name',
  })
  .superRefine(({ carriers }, context) => {
    for (const [index, one] of carriers.entries()) {
      if (!('spendCap' in one) || one.spendCap === undefined || one.prices !== undefined) continue
      const path = ['carriers', index, 'spendCap']
      context.addIssue({ code: 'custom', path, message: 'a cap needs "prices" to be reckoned from' })
    }
    const currencies = new Set(carriers.flatMap((one) => ('prices' in one && one.prices ? [one.prices.currency] : [])))
    if (currencies.size > 1) {
      context.addIssue({ code: 'custom', path: ['carriers'], message: 'prices must all be in one currency' })
    }
  })

type CarrierEntry = z.infer<typeof carrier>
type Variable = Extract<z.infer<typeof secret>, object>
type Filled<Entry> = { [Field in keyof Entry]: Exclude<Entry[Field], Variable> }
/** A carrier as it is configured, with its secrets filled in. */
export type CarrierConfig = CarrierEntry extends infer Entry ? Filled<Entry> : never

/** In an address, and so without anything that would have to be escaped there; long enough not to be guessed. */
const CALLBACK_TOKEN = /^[\w-]{22,200}$/

/** Standard Webhooks, "Signature scheme": 24 to 64 bytes in base64, with a prefix that tells what they are. */
const WEBHOOK_SECRET = /^whsec_(?=.{32,88}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

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
  return result.data.carriers.map((entry) => checkWebhook(checkToken(fillSecrets(entry, environment))))
}

function fillSecrets(entry: CarrierEntry, environment: Record<string, string | undefined>): CarrierConfig {
  const filled = Object.entries(entry).map(([field, value]) => {
    if (!isVariable(value)) return [field, value]
    const found = environment[value.env]
    if (found) return [field, found]
    throw new ConfigProblem(`Carrier "${entry.name}" takes its ${field} from ${value.env}, which is not set.`)
  })
  return Object.fromEntries(filled)
}

function isVariable(value: unknown): value is Variable {
  return typeof value === 'object' && value !== null && 'env' in value
}

function checkToken(config: CarrierConfig): CarrierConfig {
  if (!('callbackToken' in config) || config.callbackToken === undefined) return config
  if (CALLBACK_TOKEN.test(config.callbackToken)) return config
  const made = 'letters, digits, "-" or "_", at least 22 (openssl rand -hex 16)'
  throw new ConfigProblem(`Carrier "${config.name}" needs a callbackToken of ${made}.`)
}

function checkWebhook(config: CarrierConfig): CarrierConfig {
  if (config.kind !== 'webhook' || WEBHOOK_SECRET.test(config.secret)) return config
  const made = '"whsec_" and 24 to 64 random bytes in base64 (echo whsec_$(openssl rand -base64 32))'
  throw new ConfigProblem(`Carrier "${config.name}" needs a secret of ${made}.`)
}

/** Hosts at which nothing leaves the machine, so that plain http is safe. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])$/
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

const settings = z.object({
  TOCSIN_HOST: z.string().min(1).default('127.0.0.1'),
  TOCSIN_PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  TOCSIN_PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'an address such as "https://alerts.example.org", without path, query or user')
    .optional()
    .transform((url) => (url === undefined ? url : new URL(url).origin)),
  TOCSIN_DATA: z.string().min(1).default('./data'),
  TOCSIN_SECRET: z.string().optional(),
  TOCSIN_REGION: z
    .string()
    .refine((country) => isSupportedCountry(country), 'a country such as "GB", whose phone numbers are known')
    .default('GB'),
  TOCSIN_LANGUAGE: z
    .string()
    .refine((code) => /^[a-z]{2}$/.test(code) && languages.of(code) !== undefined, 'a language such as "en"')
    .default('en'),
  TOCSIN_ORGANISATION: z.string().trim().min(1).max(60).optional(),
  TOCSIN_DEMO: z.enum(['0', '1']).default('0'),
  TOCSIN_CARRIERS: z.string().min(1).optional(),
  TOCSIN_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((one) => one.trim() || []))
    .pipe(z.array(addressRange)),
})
export type Environment = z.infer<typeof settings>

/** The app, the links and the carriers' callbacks all begin at the root of the address. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(url.href)
}

/** Reads the environment once. @throws ConfigProblem naming the variable */
export function readEnvironment(environment: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = settings.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new ConfigProblem(`${issue?.path.join('.')}: ${issue?.message}.`)
}

/**
 * Where people and carriers reach a live service. Without it links would lead to this machine only; without https
 * answers could be read and changed on the way, and browsers take neither push nor the app.
 *
 * @throws ConfigProblem
 */
export function requirePublicUrl({ TOCSIN_PUBLIC_URL: url }: Environment): string {
  if (url === undefined) {
    throw new ConfigProblem('TOCSIN_PUBLIC_URL is missing: the https address at which people and carriers reach this.')
  }
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || LOCAL_HOST.test(hostname)) return url
  throw new ConfigProblem('TOCSIN_PUBLIC_URL must begin with https:// (http is for localhost only).')
}
