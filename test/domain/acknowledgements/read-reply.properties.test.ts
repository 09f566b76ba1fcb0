import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReply } from '../../../src/domain/acknowledgements/read-reply.ts'
import { ONE, SAFETY, TWO } from './reply-contexts.ts'

describe('whatever people send', () => {
  const piece = fc.oneof(
    fc.constantFrom('yes', 'no', 'oui', '1', '2', '4821', '5932', '4812', 'not', 'stop', ' ', ',', '.', '?', '\n'),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  const anyText = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))

  test('it never throws and what is unclear is kept whole', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(ONE, TWO, SAFETY), (text, context) => {
        const reading = readReply(text, context)
        if (reading.kind === 'unclear') expect(reading.text).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  test('no text without the code of an open alert answers while several are open', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readReply(text, TWO)
        const digits = text.normalize('NFKC').replace(/[^\d]/g, '')
        if (!/4821|5932/.test(digits)) expect(reading.kind).not.toBe('answer')
      }),
      { numRuns: 2_000 },
    )
  })

  test('invisible characters anywhere never change what a valid reply means', () => {
    const invisible = fc.constantFrom(
      '\u200b',
      '\u200c',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u202e',
      '\ufe0f',
      '\u061c',
    )
    const valid = fc.constantFrom('YES 4821', 'yes4821', '2 4821', 'Oui 4821.', '１ ４８２１', '4821 no', 'no', 'STOP')
    fc.assert(
      fc.property(valid, fc.array(fc.tuple(fc.nat(20), invisible), { maxLength: 8 }), (text, insertions) => {
        const noisy = insertions.reduce<string>((sum, [at, sign]) => sum.slice(0, at) + sign + sum.slice(at), text)
        expect(readReply(noisy, ONE)).toEqual(readReply(text, ONE))
      }),
    )
  })
})
