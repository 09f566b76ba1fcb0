import { isSupportedCountry } from 'libphonenumber-js/max'
import { z } from 'zod'
import type { CarrierLimits, PriceList } from '../domain/carriers/limits.ts'
import { isName } from '../domain/carriers/sender-rules.ts'

const country = z.string().refine((code) => isSupportedCountry(code), 'a country such as "GB"')
/** So small that what a service can ever spend stays a whole number of millionths. */
const amount = z.number().nonnegative().max(1_000_000)
const priceList = z.union([amount, z.record(country.or(z.literal('other')), amount)])
/** One price for all countries, or a price for each, with `other` for the rest. */
type PriceEntry = z.infer<typeof priceList>

export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number such as "+442079460018"')

/** How many messages may be on their way at once, for carriers of every kind. */
export const flow = { concurrency: z.int().min(1).max(1_000).optional() }

/** What carriers that send to phone numbers can be limited by; all of it optional. */
export const phoneLimits = {
  ...flow,
  countries: z.array(country).min(1).optional(),
  registered: z.array(country).optional(),
  prices: z
    .strictObject({
      currency: z.string().regex(/^[A-Z]{3}$/, 'a currency such as "EUR"'),
      sms: priceList.optional(),
      voice: priceList.optional(),
    })
    .optional(),
  spendCap: amount.positive().optional(),
  twoWay: z.boolean().optional(),
  callBack: e164.optional(),
}

interface LimitedConfig {
  from?: string | undefined
  countries?: string[] | undefined
  registered?: string[] | undefined
  prices?: { currency: string; sms?: PriceEntry | undefined; voice?: PriceEntry | undefined } | undefined
  spendCap?: number | undefined
}

/** Limits as the domain has them: amounts in millionths of the currency, so that sums are exact. */
export function limitsOf({ from, countries, registered, prices, spendCap }: LimitedConfig): CarrierLimits {
  return {
    countries: countries ?? null,
    sender: from ?? null,
    registered: registered ?? null,
    prices: prices
      ? { currency: prices.currency, sms: toPriceList(prices.sms), voice: toPriceList(prices.voice) }
      : null,
    spendCap: spendCap === undefined ? null : toMillionths(spendCap),
  }
}

interface SenderConfig {
  from?: string | undefined
  twoWay?: boolean | undefined
  callBack?: string | undefined
}

/** Where texts of this sender are answered: a name takes no answers, nor does what is said to take none. */
export function answerPlaceOf({ from, twoWay, callBack }: SenderConfig): string | null | undefined {
  const takesAnswers = twoWay ?? (callBack === undefined && !(from !== undefined && isName(from)))
  return takesAnswers ? undefined : (callBack ?? null)
}

function toPriceList(entry: PriceEntry | undefined): PriceList | null {
  if (entry === undefined) return null
  if (typeof entry === 'number') return { other: toMillionths(entry) }
  return Object.fromEntries(Object.entries(entry).map(([code, price]) => [code, toMillionths(price)]))
}

function toMillionths(price: number): number {
  return Math.round(price * 1_000_000)
}
