import type { Reporter, TestModule } from 'vitest/node'

/** Names every skipped test and why: the runner's JSON report leaves the reason out. */
export default class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result()
        const reason = result.state === 'skipped' && result.note ? result.note : 'no reason given'
        process.stdout.write(`skipped: ${test.fullName} (${reason})\n`)
      }
    }
  }
}
