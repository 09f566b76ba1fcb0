import type { Clock } from '../domain/clock.ts'
import type { Channel } from '../domain/deliveries/channel.ts'
import type { NewId } from '../domain/ids.ts'
import type { Carrier } from './ports/carrier.ts'
import type { Store } from './ports/store.ts'
import type { Vault } from './ports/vault.ts'

export interface Settings {
  organisation: string
  /** What carriers and people see; no slash at the end. */
  publicUrl: string
  /** ISO country for numbers typed without a prefix. */
  region: string
  /** The language used where a text has no translation. */
  language: string
  demo: boolean
  vapidPublicKey: string | null
}

/** What every use case works with. Built once, by `platform`. */
export interface Deps {
  store: Store
  vault: Vault
  settings: Settings
  /** In the order of the configuration, which is the order of each channel's route. */
  carriers: readonly Carrier[]
  clock: Clock
  /** Names this run of the service in its claims, so that the next one knows which were left behind. */
  instance: string
  newId: NewId
  /** From 0 up to but not including 1. */
  chance: () => number
  /** Resolves after so many milliseconds. */
  pause: (ms: number) => Promise<void>
  /** For how many milliseconds results of sending are gathered before one commit, where commits are counted. */
  gatherResults?: number
  /** Aborted when this run should ask the database nothing more, where what one run may ask is limited. */
  spent?: AbortSignal
  /** Says that something may be due now. Loses nothing when it is lost: the next tick finds the same rows. */
  nudge: () => void
}

/** Whom somebody opts out of: the messages of one carrier on one channel. */
export function senderOf(carrier: Pick<Carrier, 'name'>, channel: Channel): string {
  return `${carrier.name}/${channel}`
}

/** The carriers of a channel, the preferred one first. */
export function routeOf(deps: Pick<Deps, 'carriers'>, channel: Channel): Carrier[] {
  return deps.carriers.filter((carrier) => carrier.channels.includes(channel))
}
