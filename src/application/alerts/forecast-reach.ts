import type { SmsOfLanguage } from '../../contract/alerts.ts'
import type { Forecast } from '../../contract/forecast.ts'
import type { AlertKind, Manifest } from '../../domain/alerts/alert.ts'
import { textsFor } from '../../domain/alerts/localise.ts'
import { countriesOf } from '../../domain/carriers/countries-of.ts'
import { describeBottleneck } from '../../domain/carriers/describe-bottleneck.ts'
import { estimateReach } from '../../domain/carriers/estimate-reach.ts'
import { type CarrierLimits, priceOf } from '../../domain/carriers/limits.ts'
import { SECOND } from '../../domain/clock.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { millisecondsOf } from '../../domain/duration.ts'
import type { Deps } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { Person } from '../ports/people-store.ts'
import { planSends } from './plan-sends.ts'

interface Options {
  manifest: Manifest
  kind: AlertKind
  people: readonly Person[]
  sms: readonly SmsOfLanguage[]
  /** The channels of the plan that have a carrier. */
  channels: readonly Channel[]
  carriersOf: (point: Person['contactPoints'][number]) => readonly Carrier[]
}

/** How fast and for how much an alert would go out, and what of it stands against a carrier's cap. */
export function forecastReach(deps: Deps, options: Options): { forecast: Forecast; warnings: string[] } {
  const { manifest, kind, people, channels, carriersOf } = options
  const { strategy, plan } = manifest.template
  const steps = plan.map(({ after, channels: on }) => ({ after: millisecondsOf(after), channels: on }))
  const sends = people.map((person) => planSends(steps, person, carriersOf))
  const limits = new Map(deps.carriers.map((carrier) => [carrier.name, carrier.limits]))
  const segments = new Map(options.sms.map((one) => [one.language, one.segments]))
  const costs = new Map<string, number | null>()
  const estimate = estimateReach(sends, (index, send, outlet) => {
    if (send.channel !== 'sms' && send.channel !== 'voice') return
    const key = `${outlet.name} ${send.channel}`
    const { language } = textsFor(manifest, people[index]?.language ?? manifest.fallbackLanguage)
    const price = priceAt(limits.get(outlet.name), send, segments.get(language) ?? 1)
    const sum = costs.get(key) ?? 0
    costs.set(key, price === null || costs.get(key) === null ? null : sum + price)
  })
  const inTurn = strategy !== 'broadcast'
  const { half, ninety, all, loads } = estimate
  const currency = [...limits.values()].find((one) => one?.prices)?.prices?.currency
  const totals = [...costs.values()]
  const known = totals.every((cost) => cost !== null)
  return {
    forecast: {
      seconds:
        inTurn || half === null || ninety === null || all === null
          ? null
          : { half: half / SECOND, ninety: ninety / SECOND, all: all / SECOND },
      bottleneck: inTurn ? null : describeBottleneck(estimate, channels),
      carriers: loads.map(({ carrier, channel, perSecond, messages }) => {
        const cost = costs.get(`${carrier} ${channel}`)
        return { carrier, channel, perSecond, messages, cost: cost == null ? null : toUnits(cost) }
      }),
      cost:
        currency === undefined || !known || totals.length === 0
          ? null
          : { currency, total: toUnits(totals.reduce((sum: number, cost) => sum + (cost ?? 0), 0)) },
      messagesPerPerson: sends.reduce((most, all) => Math.max(most, all.length), 0),
    },
    warnings: deps.carriers.flatMap((carrier) => warnOfCap(carrier, kind, costs)),
  }
}

function priceAt(limits: CarrierLimits | undefined, send: { channel: Channel; address: string }, segments: number) {
  return limits?.prices ? priceOf(limits, send.channel, countriesOf(send.address), segments) : null
}

function warnOfCap({ name, limits }: Carrier, kind: AlertKind, costs: ReadonlyMap<string, number | null>): string[] {
  if (!limits?.prices || limits.spendCap === null) return []
  const cost = (costs.get(`${name} sms`) ?? 0) + (costs.get(`${name} voice`) ?? 0)
  if (cost <= limits.spendCap) return []
  const { currency } = limits.prices
  const said = `By "${name}" this may cost ${toUnits(cost)} ${currency}, and its cap is ${toUnits(limits.spendCap)} ${currency}`
  return [
    kind === 'drill'
      ? `${said}: the drill stops there, and the next carrier takes what is left, if there is one.`
      : `${said}: a live alert goes on all the same.`,
  ]
}

/** Millionths as an amount of the currency, to the cent. */
function toUnits(millionths: number): number {
  return Math.round(millionths / 10_000) / 100
}
