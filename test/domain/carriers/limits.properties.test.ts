import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countriesOf } from '../../../src/domain/carriers/countries-of.ts'
import type { CarrierLimits, LimitedCarrier } from '../../../src/domain/carriers/limits.ts'
import { priceOf } from '../../../src/domain/carriers/limits.ts'
import { isSelective, sortRoute, whyNot } from '../../../src/domain/carriers/may-carry.ts'
import { judgeSender } from '../../../src/domain/carriers/sender-rules.ts'

const NONE: CarrierLimits = { countries: null, sender: null, registered: null, prices: null, spendCap: null }
const carrier = (name: string, limits: Partial<CarrierLimits>): LimitedCarrier => ({
  name,
  limits: { ...NONE, ...limits },
})

const country = fc.constantFrom('GB', 'FR', 'US', 'CA', 'IN', 'SG', 'DE')
const countries = fc.uniqueArray(country, { maxLength: 4 })
const limits = fc.record({
  countries: fc.option(countries),
  sender: fc.option(fc.constantFrom('HARBOUR', '+442079460018', '+12025550100', '+18005550100')),
  registered: fc.option(countries),
  prices: fc.constant(null),
  spendCap: fc.constant(null),
})
const route = fc
  .array(fc.option(limits, { nil: undefined }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((one, index) => ({ name: `c${index}`, limits: one })))
const channel = fc.constantFrom('sms' as const, 'voice' as const, 'push' as const, 'email' as const)

describe('which carriers may take a number', () => {
  it('every carrier of a route either may, in the order of the route, or may not for a reason', () => {
    fc.assert(
      fc.property(route, channel, countries, (all, on, where) => {
        const { may, mayNot } = sortRoute(all, on, where)
        expect(all.filter((one) => may.includes(one))).toEqual(may)
        expect(may.length + mayNot.length).toBe(all.length)
        for (const { reason } of mayNot) expect(reason).not.toBe('')
      }),
    )
  })

  it('nobody is passed for what cannot be told: a number that may be in an allowed country is allowed', () => {
    fc.assert(
      fc.property(limits, channel, countries, country, (one, on, some, more) => {
        const both = whyNot(carrier('c', one), on, [...some, more])
        const alone = whyNot(carrier('c', one), on, [more])
        if (alone === null) expect(both).toBeNull()
        expect(whyNot(carrier('c', one), on, [])).toBeNull()
      }),
    )
  })

  it('addresses are left sealed only where they make no difference', () => {
    fc.assert(
      fc.property(limits, channel, countries, (one, on, where) => {
        if (!isSelective(carrier('c', one), on)) expect(whyNot(carrier('c', one), on, where)).toBeNull()
      }),
    )
  })

  it('a registration takes an obstacle away and never makes one', () => {
    fc.assert(
      fc.property(limits, country, (one, where) => {
        const { sender, registered } = one
        expect(judgeSender(sender, [...(registered ?? []), where], where)).toBe('fine')
        const without = judgeSender(sender, null, where)
        if (without === 'fine') expect(judgeSender(sender, registered, where)).toBe('fine')
      }),
    )
  })

  it('texts from a name do not go to the United States, but calls do', () => {
    const name = carrier('named', { sender: 'HARBOUR' })
    expect(whyNot(name, 'sms', countriesOf('+12025550101'))).toMatch(/networks in US deliver no texts from a name/)
    expect(whyNot(name, 'voice', countriesOf('+12025550101'))).toBeNull()
    expect(whyNot(name, 'sms', countriesOf('+447700900101'))).toBeNull()
  })

  it('what must be registered and is not is passed, and what nobody has said goes out', () => {
    const at = (registered: string[] | null) =>
      whyNot(carrier('c', { sender: '+12025550100', registered }), 'sms', ['US'])
    expect(at(null)).toBeNull()
    expect(at([])).toBe('"c" has no registered sender in US')
    expect(at(['US'])).toBeNull()
    expect(judgeSender('+12025550100', null, 'US')).toBe('unsure')
    expect(judgeSender('+12025550100', [], 'CA')).toBe('fine')
    expect(judgeSender('+18005550100', [], 'CA')).toBe('unregistered')
  })
})

describe('what a message costs', () => {
  const prices = { currency: 'EUR', sms: { GB: 40_000, other: 90_000 }, voice: { GB: 12_000 } }

  it('is paid by segment and country, and unknown where nothing is known', () => {
    const one = { ...NONE, prices }
    expect(priceOf(one, 'sms', ['GB'], 3)).toBe(120_000)
    expect(priceOf(one, 'sms', ['FR'], 1)).toBe(90_000)
    expect(priceOf(one, 'voice', ['GB'], 3)).toBe(12_000)
    expect(priceOf(one, 'voice', ['FR'], 1)).toBeNull()
    expect(priceOf(one, 'push', [], 1)).toBeNull()
    expect(priceOf(undefined, 'sms', ['GB'], 1)).toBeNull()
  })

  it('is reckoned by the dearest of the countries that a number may be in', () => {
    fc.assert(
      fc.property(countries, fc.integer({ min: 1, max: 10 }), (where, segments) => {
        const one = { ...NONE, prices }
        const each = where.map((single) => priceOf(one, 'sms', [single], segments) ?? 0)
        const whole = priceOf(one, 'sms', where, segments)
        expect(whole).toBe(where.length > 0 ? Math.max(...each) : 90_000 * segments)
      }),
    )
  })
})
