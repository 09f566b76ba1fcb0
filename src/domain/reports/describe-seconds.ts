/** Seconds as people say them: `45 s`, `3 min 20 s`, `1 h 5 min`; a unit never parts from its number. */
export function describeSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}\u00A0${unit}`)
  return said.length === 0 ? '0\u00A0s' : said.join(' ')
}
