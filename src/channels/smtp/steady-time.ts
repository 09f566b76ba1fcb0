const encoder = new TextEncoder()

/** Whether two texts are equal, in a time that does not tell where they differ. */
export function equalsInSteadyTime(given: string, expected: string): boolean {
  const one = encoder.encode(given)
  const other = encoder.encode(expected)
  let difference = one.length ^ other.length
  for (const [at, byte] of other.entries()) difference |= byte ^ (one[at] ?? 0)
  return difference === 0
}
