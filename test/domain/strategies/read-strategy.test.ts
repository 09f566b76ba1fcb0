import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/clock.ts'
import { readStrategy, showSpread } from '../../../src/domain/strategies/read-strategy.ts'

describe('what a strategy goes by', () => {
  it('is shown with the times that hold where the template names none', () => {
    expect(showSpread({ strategy: 'relay' })).toEqual({ strategy: 'relay', hold: 'PT5M', cardTime: 'PT15M' })
    expect(readStrategy({ strategy: 'relay' })).toEqual({ name: 'relay', hold: 5 * MINUTE, cardTime: 15 * MINUTE })
    expect(showSpread({ strategy: 'cascade', hold: 'PT2M', cardTime: 'PT9M' })).toEqual({
      strategy: 'cascade',
      hold: 'PT2M',
    })
  })

  it('is shown without what the strategy does not use', () => {
    const quorum = { need: 2, perDuty: {}, wave: 1 }
    expect(showSpread({ strategy: 'broadcast', hold: 'PT2M', quorum })).toEqual({ strategy: 'broadcast' })
    expect(showSpread({ strategy: 'quorum', quorum })).toEqual({ strategy: 'quorum', hold: 'PT5M', quorum })
  })
})
