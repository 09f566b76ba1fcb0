import type { Report } from './report.ts'

const WIDTH = 640
const HEIGHT = 280
const LEFT = 48
const BOTTOM = 40
const TOP = 16
const RIGHT = 16

/** The acknowledgement curve as SVG: how many of the audience had answered, over time, with marks at 50 and 90 %. */
export function drawCurve({ curve, audience, timeToAcknowledge }: Report): string {
  const longest = Math.max(10, timeToAcknowledge.last ?? 0)
  const x = (seconds: number) => round(LEFT + (seconds / longest) * (WIDTH - LEFT - RIGHT))
  const y = (people: number) => round(HEIGHT - BOTTOM - (people / Math.max(1, audience)) * (HEIGHT - BOTTOM - TOP))
  const steps = curve.map(({ seconds, acknowledged }, index) =>
    index === 0 ? `M${x(seconds)} ${y(acknowledged)}` : `H${x(seconds)}V${y(acknowledged)}`,
  )
  const shares = [0, 0.5, 0.9, 1].map((share) => {
    const at = y(audience * share)
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text class="axis" x="${LEFT - 6}" y="${at + 4}" text-anchor="end">${share * 100} %</text>`
  })
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const seconds = longest * part
    return `<text class="axis" x="${x(seconds)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${describeSeconds(seconds)}</text>`
  })
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="curve-title"><title id="curve-title">Share of the audience that had acknowledged, over time</title>${shares.join('')}${marks.join('')}<path class="curve" d="${steps.join('')}H${x(longest)}"/></svg>`
}

/** Seconds as people say them: `45 s`, `3 min 20 s`. */
export function describeSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const rest = whole % 60
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
