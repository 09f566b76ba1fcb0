import type { PreflightResult } from '../contract/alerts.ts'
import { describeSeconds } from '../domain/reports/describe-seconds.ts'

/** What an alert would do, for a terminal: who, how fast, for how much, and what stands in the way. */
export function describePreflight({ people, byChannel, unreached, forecast, warnings }: PreflightResult): string {
  const { seconds, bottleneck, carriers, cost } = forecast
  return [
    `People: ${people}, without a way to be reached: ${unreached}`,
    ...Object.entries(byChannel).map(([channel, count]) => `  ${channel}: ${count}`),
    ...(seconds
      ? [
          `First message to half: ${describeSeconds(seconds.half)}, to 90 %: ${describeSeconds(seconds.ninety)}, to all: ${describeSeconds(seconds.all)}`,
        ]
      : []),
    ...carriers.map(({ carrier, channel, messages, perSecond, cost: own }) =>
      [
        `  ${carrier} (${channel}): up to ${messages} messages`,
        ...(perSecond === null ? [] : [`${perSecond} per second`]),
        ...(own === null || !cost ? [] : [`${own} ${cost.currency}`]),
      ].join(', '),
    ),
    ...(cost ? [`Cost: up to ${cost.total} ${cost.currency}`] : []),
    ...(bottleneck ? [bottleneck] : []),
    ...warnings.map((warning) => `! ${warning}`),
  ].join('\n')
}
