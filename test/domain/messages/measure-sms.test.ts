import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { describe, expect, test } from 'vitest'
import { costlyCharacters, isGsm7, measureSms } from '../../../src/domain/messages/measure-sms.ts'
import { swapTypography, swapWhenCheaper } from '../../../src/domain/messages/swap-typography.ts'

interface CurlyCase {
  id: string
  text: string
  raw: [string, number, number]
  non_gsm: string[]
  after_safe_replacement: string
  result: [string, number, number]
}
const cases: CurlyCase[] = JSON.parse(readFileSync('test/fixtures/cases/case-12-curly.json', 'utf8'))
const measured = (text: string) => {
  const { encoding, units, segments } = measureSms(text)
  return [encoding, units, segments]
}

describe('what a text costs', () => {
  test.each(cases)('is said before and after swapping costly characters (reported failure 12, $id)', (reported) => {
    expect(measured(reported.text)).toEqual(reported.raw)
    expect(costlyCharacters(reported.text).sort()).toEqual([...reported.non_gsm].sort())
    expect(swapTypography(reported.text)).toBe(reported.after_safe_replacement)
    expect(measured(swapWhenCheaper(reported.text))).toEqual(reported.result)
  })

  test('is one segment up to 160 septets or 70 units, and then less per segment', () => {
    expect(measured('a'.repeat(160))).toEqual(['GSM-7', 160, 1])
    expect(measured('a'.repeat(161))).toEqual(['GSM-7', 161, 2])
    expect(measured('a'.repeat(307))).toEqual(['GSM-7', 307, 3])
    expect(measured('ł'.repeat(70))).toEqual(['UCS-2', 70, 1])
    expect(measured('ł'.repeat(71))).toEqual(['UCS-2', 71, 2])
    expect(measured('')).toEqual(['GSM-7', 0, 1])
  })

  test('counts characters of the extension table twice and never splits one between segments', () => {
    expect(measured('€'.repeat(80))).toEqual(['GSM-7', 160, 1])
    expect(measured(`${'a'.repeat(152)}${'€'.repeat(5)}`)).toEqual(['GSM-7', 162, 2])
    expect(measured(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual(['GSM-7', 306, 3])
  })

  test('counts an emoji as two units and never splits it', () => {
    expect(measured('🔥'.repeat(35))).toEqual(['UCS-2', 70, 1])
    expect(measured(`${'ł'.repeat(66)}🔥${'ł'.repeat(66)}`)).toEqual(['UCS-2', 134, 3])
  })

  test('keeps together what is seen as one character', () => {
    expect(measured(`${'ł'.repeat(66)}🇬🇧${'ł'.repeat(66)}`)).toEqual(['UCS-2', 136, 3])
    expect(measured(`${'ł'.repeat(65)}e\u0301\u0302${'ł'.repeat(2)}`)).toEqual(['UCS-2', 70, 1])
    expect(measured(`${'ł'.repeat(66)}e\u0301\u0302${'ł'.repeat(64)}`)).toEqual(['UCS-2', 133, 2])
    // Nothing that is longer than a segment can be kept together.
    expect(measured(`e${'\u0301'.repeat(200)}`)).toEqual(['UCS-2', 201, 3])
  })

  test('knows the same 7-bit alphabet as the provider', () => {
    const differs: string[] = []
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      const theirs = new SegmentedMessage(character).getEncodingName() === 'GSM-7'
      if (isGsm7(character) !== theirs) differs.push(unit.toString(16))
    }
    expect(differs).toEqual([])
  })

  test('counts as the provider does', () => {
    const letters = fc.constantFrom(...'aZ5 \n\r.€^{}~éàłß‘“–…\u00a0')
    const seen = fc.constantFrom('🔥', '👍🏽', '🇬🇧', '👩‍👩‍👧', 'e\u0301', '☎️', '\r\n')
    const text = fc.array(fc.oneof({ weight: 12, arbitrary: letters }, { weight: 1, arbitrary: seen }), {
      minLength: 0,
      maxLength: 400,
      size: 'max',
    })
    const plain = fc.array(fc.constantFrom(...'aZ5 \n.€^{}~éà'), { maxLength: 400, size: 'max' })
    fc.assert(
      fc.property(fc.oneof(text, plain), (parts) => {
        const joined = parts.join('')
        const { encoding, segments } = measureSms(joined)
        const theirs = new SegmentedMessage(joined)
        expect([encoding, segments]).toEqual([theirs.getEncodingName(), theirs.segmentsCount])
      }),
      { numRuns: 60 },
    )
  })
})
