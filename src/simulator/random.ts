/** A small seeded generator (mulberry32): numbers in [0, 1), the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** FNV-1a, so that a phone's habits depend on its number and the seed and not on the order in which phones appear. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash
}

/** A log-normal sample: most people answer soon, a few take long. */
export function logNormal(random: () => number, median: number, sigma: number): number {
  const u = Math.max(random(), Number.EPSILON)
  const gaussian = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random())
  return median * Math.exp(sigma * gaussian)
}

/** Makes identifiers of the provider's form: two letters and 32 hexadecimal digits, never the same after a restart. */
export function sidSequence(seed: number, startedAt: number): (prefix: string) => string {
  const random = seededRandom(seed ^ hashText(String(startedAt)))
  let count = 0
  const hex = (value: number, width: number) => Math.floor(value).toString(16).padStart(width, '0').slice(-width)
  return (prefix) => {
    count += 1
    return `${prefix}${hex(startedAt, 12)}${hex(count, 8)}${hex(random() * 0x1_0000_0000_0000, 12)}`
  }
}
