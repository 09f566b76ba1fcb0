/** Where the time comes from: UTC milliseconds since the epoch. Passed in everywhere, so that tests move it by hand. */
export type Clock = () => number

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
