import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

interface Cruise {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
}

function cruise(folder: string): Cruise {
  const config = join(ROOT, 'test/architecture/import-rules.cjs')
  const command = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [command, '--config', config, '--output-type', 'json', 'src', 'pwa']
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  }
  try {
    return JSON.parse(String(execFileSync(process.execPath, args, options))) as Cruise
  } catch (error) {
    return JSON.parse(String((error as { stdout: unknown }).stdout)) as Cruise
  }
}

describe('the import rules', () => {
  it('hold throughout, and were checked on every module', () => {
    const { summary } = cruise(ROOT)
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThan(250)
  })

  describe('with planted violations', () => {
    let folder: string
    const plant = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'tocsin-planted-'))
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
      symlinkSync(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'))
    })
    afterEach(() => rmSync(folder, { recursive: true, force: true }))

    it('name each of them', () => {
      plant('src/store/table.ts', 'export const table = 1\n')
      plant('src/platform/compose.ts', 'export const compose = 1\n')
      plant('src/channels/sms/send.ts', 'export const send = 1\n')
      plant('src/domain/alert.ts', "import { table } from '../store/table.ts'\nexport const alert = table\n")
      plant('src/domain/file.ts', "import { readFileSync } from 'node:fs'\nexport const file = readFileSync\n")
      plant('src/channels/voice/call.ts', "import { send } from '../sms/send.ts'\nexport const call = send\n")
      plant('src/http/app.ts', "import { compose } from '../platform/compose.ts'\nexport const app = compose\n")
      plant('src/simulator/phone.ts', "import { alert } from '../domain/alert.ts'\nexport const phone = alert\n")
      plant('src/channels/twilio/push.ts', "import webpush from 'web-push'\nexport const push = webpush\n")
      plant('src/platform/workers/worker.ts', "import Database from 'better-sqlite3'\nexport const worker = Database\n")
      plant('src/store/reader.ts', "import { missing } from './missing.ts'\nexport const reader = missing\n")
      plant('src/domain/egg.ts', "import { hen } from './hen.ts'\nexport const egg = () => hen\n")
      plant('src/domain/hen.ts', "import { egg } from './egg.ts'\nexport const hen = () => egg\n")
      plant('pwa/app.ts', "import { table } from '../src/store/table.ts'\nexport const app = table\n")
      const found = new Set(cruise(folder).summary.violations.map(({ rule, from }) => `${rule.name} ${from}`))
      for (const expected of [
        'domain src/domain/alert.ts',
        'node-modules-of-node-only-in-platform src/domain/file.ts',
        'channels src/channels/voice/call.ts',
        'nothing-imports-platform src/http/app.ts',
        'simulator src/simulator/phone.ts',
        'app pwa/app.ts',
        'channel-twilio src/channels/twilio/push.ts',
        'libraries-that-need-node-only-in-its-home src/platform/workers/worker.ts',
        'no-unknown-imports src/store/reader.ts',
        'no-cycles src/domain/egg.ts',
      ]) {
        expect(found).toContain(expected)
      }
    })
  })
})
