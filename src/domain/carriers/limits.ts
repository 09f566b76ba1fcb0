import type { Channel } from '../deliveries/channel.ts'

/** Whole countries by ISO 3166-1 alpha-2; `other` for those that are not named. Amounts in millionths of the currency. */
export type PriceList = Readonly<Record<string, number>>

export interface Prices {
  /** ISO 4217. */
  currency: string
  /** Of one segment, which is how texts are paid. */
  sms: PriceList | null
  /** Of one begun minute, which is how calls are paid. */
  voice: PriceList | null
}

/** Where a carrier may send, and what that costs, as whoever set it up has said. */
export interface CarrierLimits {
  /** Null: everywhere. */
  countries: readonly string[] | null
  /** What texts come from: E.164 or a name; null where the carrier chooses. */
  sender: string | null
  /** Where the sender is registered; null where nobody has said. */
  registered: readonly string[] | null
  prices: Prices | null
  /** What one alert should cost at most, in millionths of the currency. */
  spendCap: number | null
}

/** A carrier as far as its limits go. */
export interface LimitedCarrier {
  name: string
  limits?: CarrierLimits | undefined
}

/** A call of ours is over within this many begun minutes, if its key is pressed in the first round. */
const CALL_MINUTES = 1

/**
 * What a message costs, in millionths of the currency; null where no price is known.
 *
 * @param segments how many parts a text has; calls count as one begun minute
 */
export function priceOf(
  limits: CarrierLimits | undefined,
  channel: Channel,
  countries: readonly string[],
  segments: number,
): number | null {
  const list = channel === 'sms' ? limits?.prices?.sms : channel === 'voice' ? limits?.prices?.voice : null
  if (!list) return null
  // Where several countries share a prefix and the number tells no more, the dearest is reckoned with.
  const prices = (countries.length > 0 ? countries : ['other']).map((country) => list[country] ?? list.other)
  const known = prices.filter((price) => price !== undefined)
  if (known.length === 0) return null
  return Math.max(...known) * (channel === 'sms' ? segments : CALL_MINUTES)
}
