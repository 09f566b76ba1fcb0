import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameSecret } from '../../../src/domain/access/same-secret.ts'

describe('a secret that somebody presents', () => {
  it('is the secret only when every character is the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (presented, secret) => {
        expect(isSameSecret(presented, secret)).toBe(presented === secret)
        expect(isSameSecret(secret, secret)).toBe(true)
        expect(isSameSecret(`${secret}\0`, secret)).toBe(false)
        expect(isSameSecret(secret, `${secret}\0`)).toBe(false)
      }),
    )
  })
})
