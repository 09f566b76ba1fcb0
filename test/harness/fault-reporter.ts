import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import type { FaultFigures } from './fault-table.ts'

const PAGE = join(import.meta.dirname, '../faults/README.md')
const TABLE = /(<!-- table -->\n)[\s\S]*(<!-- end of table -->)/

/** Prints what the fault tests found, and with `WRITE_FAULTS=1` puts it into their page when all of them passed. */
export default class FaultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const faults = modules.filter(({ moduleId }) => moduleId.includes('/test/faults/'))
    const figures = faults.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => test.meta().fault ?? []),
    )
    if (figures.length === 0) return
    const table = writeTable(figures)
    process.stdout.write(`\n${table}\n`)
    if (process.env.WRITE_FAULTS !== '1' || !faults.every((module) => module.ok())) return
    writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(TABLE, `$1\n${table}\n$2`))
  }
}

function writeTable(figures: readonly FaultFigures[]): string {
  // What several tests did in the same way is one line.
  const sums = [...Map.groupBy(figures, ({ fault }) => fault).values()].map((same) =>
    same.reduce((one, other) => ({
      fault: one.fault,
      rounds: one.rounds + other.rounds,
      messages: one.messages + other.messages,
      lost: one.lost + other.lost,
      double: one.double + other.double,
      allowed: one.allowed + other.allowed,
    })),
  )
  const rows = sums
    .toSorted((one, other) => one.fault.localeCompare(other.fault, 'en'))
    .map(({ fault, rounds, messages, lost, double, allowed }) => [fault, rounds, messages, lost, double, allowed])
  const head = ['what was done', 'rounds', 'messages', 'lost', 'double', 'double at most']
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`
  return [head, ['---', ...head.slice(1).map(() => '---:')], ...rows].map(line).join('')
}
