import { randomBytes } from 'node:crypto'
import type { Deps, Settings } from '../application/deps.ts'
import type { Carrier } from '../application/ports/carrier.ts'
import type { Vault } from '../application/ports/vault.ts'
import { createSmsGatewayCarrier } from '../channels/sms-gateway/create-sms-gateway-carrier.ts'
import { createSmtpCarrier } from '../channels/smtp/create-smtp-carrier.ts'
import type { MailTransport } from '../channels/smtp/mail-transport.ts'
import { createTwilioCarrier } from '../channels/twilio/create-twilio-carrier.ts'
import { createFetchHttpClient } from '../channels/twilio/fetch-http-client.ts'
import type { HttpClient } from '../channels/twilio/http-client.ts'
import { createWebhookCarrier } from '../channels/webhook/create-webhook-carrier.ts'
import { type Post, postByFetch } from '../channels/webhook/post.ts'
import { allowEndpoint } from '../channels/webpush/allow-endpoint.ts'
import { createWebPushCarrier } from '../channels/webpush/create-webpush-carrier.ts'
import type { Clock } from '../domain/clock.ts'
import { makeUuidV7 } from '../domain/ids.ts'
import { createStore } from '../store/create-store.ts'
import type { Database } from '../store/database.ts'
import { isWithin } from './address-ranges.ts'
import { answerPlaceOf, limitsOf } from './carrier-limits.ts'
import { type CarrierConfig, ConfigProblem } from './config.ts'
import { createRandomPool } from './random-pool.ts'
import { createTargetRules, type TargetRules } from './target-rules.ts'
import { createVault, type Keyring } from './vault.ts'

export interface Parts {
  database: Database
  keyring: Keyring
  settings: Omit<Settings, 'vapidPublicKey'>
  carriers: readonly CarrierConfig[]
  fetch: typeof fetch
  /** Carries requests to texting and calling providers, where a home has something faster than `fetch`. */
  http?: HttpClient
  clock?: Clock
  instance: string
  pause?: (ms: number) => Promise<void>
  gatherResults?: number
  /** Where push may be sent to; without it, public names only. */
  allowEndpoint?: (url: URL) => boolean
  /** Opens a mail server by its URL; a home without sockets has none. */
  openMail?: (carrier: string, url: string) => MailTransport
  /** Posts to addresses that people have typed; a home without sockets goes by what stands in the URL. */
  openPost?: (rules: TargetRules) => Post
  nudge: () => void
}

/** Puts the service together from what differs between the two homes. A new kind of carrier is one line here. */
export function composeDeps(parts: Parts): Deps {
  const { database, keyring, settings, carriers } = parts
  const vault = createVault(keyring)
  const clock = parts.clock ?? Date.now
  const random = createRandomPool()
  return {
    store: createStore(database, vault),
    vault,
    settings: {
      ...settings,
      vapidPublicKey: carriers.some(({ kind }) => kind === 'webpush') ? keyring.vapid.publicKey : null,
    },
    carriers: carriers.map((config) => ({
      ...createCarrier(config, parts, vault),
      ...bounds(config),
      senders: sendersOf(config),
    })),
    clock,
    instance: parts.instance,
    newId: () => makeUuidV7(clock(), random),
    chance: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    pause: parts.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    ...(parts.gatherResults === undefined ? {} : { gatherResults: parts.gatherResults }),
    nudge: parts.nudge,
  }
}

function sendersOf(config: CarrierConfig): string[] {
  const more = 'senderNumbers' in config ? (config.senderNumbers ?? []) : []
  return 'from' in config && config.from !== undefined ? [config.from, ...more] : more
}

/** What was said of it that every kind has in common. */
function bounds(config: CarrierConfig): Pick<Carrier, 'concurrency' | 'limits' | 'answerAt'> {
  const sends = config.kind === 'twilio' || config.kind === 'sms-gateway'
  if (!sends) return { concurrency: config.concurrency }
  // Of the numbers in a messaging service the carrier chooses one.
  const from = 'messagingServiceSid' in config && config.messagingServiceSid ? undefined : config.from
  return {
    concurrency: config.concurrency,
    limits: limitsOf({ ...config, from }),
    answerAt: answerPlaceOf({ ...config, from }),
  }
}

function createCarrier(config: CarrierConfig, parts: Parts, vault: Vault): Carrier {
  const { settings, keyring, fetch, allowEndpoint: allow, openMail } = parts
  switch (config.kind) {
    case 'twilio':
      return createTwilioCarrier({
        ...config,
        publicUrl: settings.publicUrl,
        httpClient: parts.http ?? createFetchHttpClient(fetch),
      })
    case 'webpush':
      return createWebPushCarrier({
        ...config,
        vapid: keyring.vapid,
        fetch,
        allowEndpoint: allow ?? ((url) => allowEndpoint(url, { trustedHosts: config.trustedHosts ?? [] })),
      })
    case 'smtp':
      if (!openMail) throw new ConfigProblem(`Carrier "${config.name}" needs SMTP, which only Node can speak.`)
      return createSmtpCarrier({
        ...config,
        transport: openMail(config.name, config.url),
        markOf: (attemptId) => vault.mailMark(attemptId),
      })
    case 'sms-gateway':
      return createSmsGatewayCarrier({
        ...config,
        callbackBaseUrl: config.callbackBaseUrl ?? settings.publicUrl,
        region: settings.region,
        fetch,
        allowSource: (source) => isWithin(config.allowedSources, source),
      })
    case 'webhook': {
      const rules = createTargetRules(config.allowedTargets ?? [])
      const post = parts.openPost?.(rules) ?? postByFetch(fetch)
      const clock = parts.clock ?? Date.now
      return createWebhookCarrier({ ...config, clock, allowUrl: rules.allowsUrl, post })
    }
  }
}
