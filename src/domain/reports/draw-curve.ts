import { describeSeconds } from './describe-seconds.ts'
import type { Report } from './report.ts'

const WIDTH = 480
const HEIGHT = 260
const LEFT = 56
/** Room for half of the longest label under the end of the axis. */
const RIGHT = 44
const BOTTOM = 40
const TOP = 20
const MOST_STEPS = 4
const DAY = 86_400
const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, DAY]

/**
 * The acknowledgement curve as SVG: the share of the audience that had answered, over seconds since the alert was
 * raised. The moments of 50 and 90 % differ by shape, not by colour, so that they survive a black-and-white print.
 */
export function drawCurve({ curve, audience, timeToAcknowledge: { p50, p90, last } }: Report): string {
  const longest = Math.max(1, last ?? 0)
  const step = STEPS.find((size) => longest / size <= MOST_STEPS) ?? Math.ceil(longest / MOST_STEPS / DAY) * DAY
  const steps = Math.ceil(longest / step)
  const end = steps * step
  const foot = HEIGHT - BOTTOM
  const x = (seconds: number) => round(LEFT + (seconds / end) * (WIDTH - LEFT - RIGHT))
  const y = (share: number) => round(foot - share * (foot - TOP))
  const path = curve.map(({ seconds, acknowledged }, index) => {
    const height = y(acknowledged / Math.max(1, audience))
    return index === 0 ? `M${x(seconds)} ${height}` : `H${x(seconds)}V${height}`
  })
  const shares = [0, 0.5, 0.9, 1].map((share) => {
    const goal = share === 0.5 || share === 0.9 ? ' goal' : ''
    const line = `<line class="grid${goal}" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/>`
    return `${line}<text class="axis" x="${LEFT - 6}" y="${y(share) + 4}" text-anchor="end">${share * 100} %</text>`
  })
  const times = Array.from({ length: steps + 1 }, (_, index) => {
    const at = x(index * step)
    const tick = `<line class="frame" x1="${at}" x2="${at}" y1="${foot}" y2="${foot + 5}"/>`
    return `${tick}<text class="axis" x="${at}" y="${foot + 22}" text-anchor="middle">${describeSeconds(index * step)}</text>`
  })
  const drop = (seconds: number, share: number) =>
    `<line class="goal" x1="${x(seconds)}" x2="${x(seconds)}" y1="${y(share)}" y2="${foot}"/>`
  const half = p50 === null ? '' : `${drop(p50, 0.5)}<circle class="point" cx="${x(p50)}" cy="${y(0.5)}" r="6"/>`
  const most =
    p90 === null
      ? ''
      : `${drop(p90, 0.9)}<rect class="point" x="${round(x(p90) - 5.5)}" y="${round(y(0.9) - 5.5)}" width="11" height="11"/>`
  const frame = `<path class="frame" d="M${LEFT} ${TOP}V${foot}H${WIDTH - RIGHT}"/>`
  const line = `<path class="curve" d="${path.join('')}"/>`
  const title = '<title id="curve-title">Share of the audience that had acknowledged, over time</title>'
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="curve-title">${title}${shares.join('')}${times.join('')}${frame}${line}${half}${most}</svg>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
