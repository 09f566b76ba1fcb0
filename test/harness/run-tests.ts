import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the browser tests need from the system, and the Debian package that brings it. */
const NEEDED: [path: string, name: string][] = [
  ['/usr/bin/chromium', 'chromium'],
  ['/usr/bin/firefox-esr', 'firefox-esr'],
  ['/usr/bin/dbus-daemon', 'dbus-daemon'],
  ['/usr/bin/openssl', 'openssl'],
]

interface Assertion {
  status: string
  fullName: string
}
interface RunnerReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  success: boolean
  testResults: { name: string; status: string; message: string; assertionResults: Assertion[] }[]
}

installBrowsers()
execFileSync('vite', ['build', '-c', 'pwa/vite.config.ts', '--logLevel', 'warn'], { stdio: 'inherit' })
const folder = mkdtempSync(join(tmpdir(), 'tocsin-tests-'))
const file = join(folder, 'report.json')
const only = process.argv.slice(2)
const run = spawnSync(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...only],
  {
    stdio: 'inherit',
  },
)
const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunnerReport) : null
rmSync(folder, { recursive: true, force: true })
if (!report) {
  console.error('The test runner wrote no report.')
  process.exit(1)
}
// A file that could not even be loaded has no tests in it, and still is a failure.
const broken = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0)
const failed = report.numFailedTests + broken.length
const skipped = report.numPendingTests + report.numTodoTests
for (const { assertionResults } of report.testResults) {
  for (const test of assertionResults) {
    if (test.status === 'skipped' || test.status === 'pending') process.stdout.write(`skipped: ${test.fullName}\n`)
  }
}
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exit(run.status === 0 && failed === 0 && report.numPassedTests > 0 ? 0 : 1)

function installBrowsers(): void {
  const missing = NEEDED.filter(([path]) => !existsSync(path)).map(([, name]) => name)
  if (missing.length === 0) return
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.error(`The browser tests need: ${missing.join(', ')}. Install them and run the tests again.`)
    process.exit(1)
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { stdio: 'inherit', env })
}
