import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the tests need from the system, and the Debian package that brings it. */
const NEEDED = [
  { path: '/usr/bin/chromium', name: 'chromium' },
  { path: '/usr/bin/firefox-esr', name: 'firefox-esr' },
  { path: '/usr/bin/dbus-daemon', name: 'dbus' },
  { path: '/usr/bin/openssl', name: 'openssl' },
  { path: '/usr/sbin/bearerbox', name: 'kannel' },
  { path: '/usr/lib/kannel/test/fakesmsc', name: 'kannel-extras' },
]

interface RunnerReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; message: string; assertionResults: { status: string }[] }[]
}

installPrograms()
execFileSync('vite', ['build', '-c', 'pwa/vite.config.ts', '--logLevel', 'warn'], { stdio: 'inherit' })
const { report, ranThrough } = runTests(process.argv.slice(2))

// A file that could not be loaded or set up has no failed test in it, and still is a failure.
const broken = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
for (const { name, message } of broken) process.stdout.write(`broken: ${name}: ${message}\n`)
let failed = report.numFailedTests + broken.length
if (!ranThrough && failed === 0) {
  process.stdout.write('broken: the test run itself ended with an error, counted as one failure\n')
  failed = 1
}
const passed = report.numPassedTests
const skipped = report.numPendingTests + report.numTodoTests
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

/** Runs the tests (all, or those that `only` selects) and reads the runner's own report. */
function runTests(only: string[]): { report: RunnerReport; ranThrough: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-tests-'))
  try {
    const file = join(folder, 'report.json')
    const own = ['skip-reporter', 'fault-reporter'].map((name) => `--reporter=./test/harness/${name}.ts`)
    const reporters = ['--reporter=default', ...own, '--reporter=json']
    const run = spawnSync('vitest', ['run', ...reporters, `--outputFile.json=${file}`, ...only], { stdio: 'inherit' })
    const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
    const report: RunnerReport = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none
    return { report, ranThrough: run.status === 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function findMissing(): string[] {
  return NEEDED.filter(({ path }) => !existsSync(path)).map(({ name }) => name)
}

function installPrograms(): void {
  const missing = findMissing()
  if (missing.length > 0 && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options)
  }
  const stillMissing = findMissing()
  if (stillMissing.length === 0) return
  console.error(`The tests need these Debian packages, or the same programs in /usr/bin: ${stillMissing.join(', ')}`)
  process.exit(1)
}
