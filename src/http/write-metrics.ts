import type { Metric } from '../application/carriers/read-metrics.ts'

/** The content type of the text below (Prometheus, "Exposition formats", text format 0.0.4). */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Figures in Prometheus' text format. One without values is left out: absent and zero are not the same. */
export function writeMetrics(metrics: readonly Metric[]): string {
  const lines = metrics
    .filter(({ values }) => values.length > 0)
    .flatMap(({ name, help, type, values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...values.map(({ labels, value }) => `${name}${writeLabels(labels)} ${value}`),
    ])
  return lines.map((line) => `${line}\n`).join('')
}

function writeLabels(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
