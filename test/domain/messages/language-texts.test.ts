import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanBlock, cleanText } from '../../../src/domain/messages/clean-text.ts'
import { cutAtWord } from '../../../src/domain/messages/cut-text.ts'
import { emergencyNumber } from '../../../src/domain/messages/emergency-number.ts'
import { LANGUAGES, textsIn } from '../../../src/domain/messages/language-texts.ts'

describe('what the service says by itself', () => {
  test.each(LANGUAGES)('sends whoever is in danger to a number that is answered (%s)', (language) => {
    expect(textsIn(language).inDanger('112')).toContain('112')
    expect(textsIn(language).inDanger(null)).not.toContain('null')
  })

  test('falls back to English and understands regions', () => {
    expect(textsIn('de-AT').drillMark).toBe('ÜBUNG')
    expect(textsIn('xx').drillMark).toBe('DRILL')
    expect(textsIn('').drillMark).toBe('DRILL')
  })

  test('names an emergency number only where it is known', () => {
    expect(['FR', 'gb', 'US', 'AQ', null].map(emergencyNumber)).toEqual(['112', '999 / 112', '911', null, null])
  })
})

describe('cleaning a text', () => {
  test('removes controls and halves of characters and keeps the words', () => {
    expect(cleanText('Fire\u0000 in \ud83dhall\u0008 3\ufffe\u001b[31m 🔥\r\nnow')).toBe('Fire in hall 3[31m 🔥\nnow')
  })

  test('leaves nothing that XML forbids, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 40 }), (text, cut) => {
        const clean = cleanText(text.slice(cut))
        expect(clean.isWellFormed()).toBe(true)
        expect(clean).not.toMatch(/(?![\n])\p{Cc}|[\ufffe\uffff]/u)
      }),
    )
  })

  test('keeps at most one empty line', () => {
    expect(cleanBlock('  a \t b \n\n\n\n c\n')).toBe('a b\n\nc')
  })

  test('cuts at a word where one ends nearby, and anywhere where none does', () => {
    expect(cutAtWord('leave by the north gate', 15, '…')).toBe('leave by the…')
    expect(cutAtWord('leave by the north gate', 19, '…')).toBe('leave by the north…')
    expect(cutAtWord('x'.repeat(100), 50, '…')).toBe(`${'x'.repeat(49)}…`)
    expect(cutAtWord('short', 5, '…')).toBe('short')
    expect(cutAtWord('longer', 1, '…')).toBe('')
  })
})
