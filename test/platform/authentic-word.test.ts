import { wordlist } from '@scure/bip39/wordlists/english.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isGsm7 } from '../../src/domain/messages/measure-sms.ts'
import { LONGEST_WORD } from '../../src/domain/messages/message.ts'
import { createVault, makeSecret, readKeyring } from '../../src/platform/vault.ts'

function vaultOf(secret: string) {
  const keyring = readKeyring(secret)
  if (!keyring) throw new Error('no keyring')
  return createVault(keyring)
}

const SECRET = Buffer.alloc(32, 7).toString('base64')
const vault = vaultOf(SECRET)
const words = (person: string, series = 1, count = 200) =>
  Array.from({ length: count }, (_, index) => vault.authenticWord(person, series, index + 1))
const alike = (one: string[], other: string[]) => one.filter((word, index) => word === other[index]).length

describe('the words of a person', () => {
  it('are the same for ever, on every machine that has the secret', () => {
    expect(words('A', 1, 3)).toEqual(words('A', 1, 3))
    expect(vaultOf(SECRET).authenticWord('A', 1, 1)).toBe(vault.authenticWord('A', 1, 1))
  })

  it('cost a text no more than was counted for them', () => {
    for (const word of wordlist) {
      expect(isGsm7(word)).toBe(true)
      expect(word.length).toBeLessThanOrEqual(LONGEST_WORD.word.length)
    }
  })

  it('tell nothing of those of others, of another series, of another secret, or of each other', () => {
    const id = fc.uuid()
    fc.assert(
      fc.property(id, id, fc.integer({ min: 1, max: 50 }), (one, other, series) => {
        fc.pre(one !== other)
        const own = words(one, series)
        // By chance two words in two thousand are the same: of 200 pairs five at most, but once in a million.
        expect(alike(own, words(other, series))).toBeLessThan(6)
        expect(alike(own, words(one, series + 1))).toBeLessThan(6)
        expect(alike(own, own.slice(1))).toBeLessThan(6)
        // Each is drawn anew, so that what was seen is as likely again as any other.
        expect(new Set(own).size).toBeGreaterThan(150)
      }),
      { numRuns: 30, seed: 1 },
    )
    const elsewhere = vaultOf(makeSecret())
    const theirs = words('A').map((_, index) => elsewhere.authenticWord('A', 1, index + 1))
    expect(alike(words('A'), theirs)).toBeLessThan(6)
  })

  it('are drawn from the whole list', () => {
    const drawn = new Set(words('A', 1, 20_000))
    expect(drawn.size).toBe(wordlist.length)
    expect([...drawn].every((word) => wordlist.includes(word))).toBe(true)
  })
})
