/** Collects the keys of one Gather. */
export interface Gather {
  timeoutMs: number
  press(key: string): void
  close(): void
}

/**
 * @param attributes the Gather's attributes: numDigits, finishOnKey (default `#`), timeout in seconds (default 5)
 * @param done called once with the digits; empty when none were pressed
 */
export function createGather(attributes: Record<string, string>, done: (digits: string) => void): Gather {
  const { numDigits = Number.POSITIVE_INFINITY, finishOnKey = '#' } = attributes
  const wanted = Number(numDigits)
  const timeout = Number(attributes.timeout ?? 5)
  let digits = ''
  let closed = false
  const close = () => {
    if (closed) return
    closed = true
    done(digits)
  }
  return {
    timeoutMs: (Number.isFinite(timeout) && timeout > 0 ? timeout : 5) * 1000,
    press(key) {
      if (closed || !/^[0-9*#]$/.test(key)) return
      if (finishOnKey !== '' && finishOnKey.includes(key)) {
        close()
        return
      }
      digits += key
      if (digits.length >= wanted) close()
    },
    close,
  }
}
