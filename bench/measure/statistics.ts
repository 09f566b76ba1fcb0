/** The middle value; of an even number of values the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** @param share from 0 to 1; between two values in proportion */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/**
 * How a cost grows with the size of the work: the exponent of the power law that fits best (least squares on
 * logarithms). 1 is in proportion, 0 is flat.
 */
export function growthExponent(points: readonly { size: number; cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const mean = (pick: (point: { x: number; y: number }) => number) =>
    logs.reduce((sum, point) => sum + pick(point), 0) / logs.length
  const x = mean((point) => point.x)
  const y = mean((point) => point.y)
  const spread = logs.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  return logs.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread
}

/**
 * The most events in any window of a length that begins with one of them.
 *
 * @param times in order, in the unit of `length`
 */
export function busiestWindow(times: readonly number[], length: number): number {
  let most = 0
  let start = 0
  for (const [index, time] of times.entries()) {
    while (time - (times[start] ?? time) >= length) start++
    most = Math.max(most, index - start + 1)
  }
  return most
}

/** To three digits behind the point. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
