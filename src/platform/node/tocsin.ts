#!/usr/bin/env node
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assertNodeVersion } from './node-version.ts'

assertNodeVersion()
// Reports hold names: what is written here is for this account only.
process.umask(0o077)
const { runCli } = await import('../../cli/run-cli.ts')
const { openLocal } = await import('./open-local.ts')
const { runService } = await import('./run-service.ts')
const { ConfigProblem } = await import('../config.ts')
const { prepareKey } = await import('../prepare-key.ts')
const { ownProblem, Refusal } = await import('../../cli/refusal.ts')

const packaged = JSON.parse(await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  version: string
}
const { TOCSIN_URL: url, TOCSIN_KEY: key } = process.env
let serving = false
const status = await runCli(process.argv.slice(2), {
  version: packaged.version,
  environment: { url: url || undefined, key: key || undefined },
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  ...(process.stderr.isTTY ? { progress: (text: string) => void process.stderr.write(`\r\x1b[K${text}`) } : {}),
  readFile: (path) => readFile(path),
  writeFile: (path, content) => writeFile(path, content),
  remote: (_url, key) => (request) => {
    request.headers.set('authorization', `Bearer ${key}`)
    return fetch(request)
  },
  local: () =>
    openLocal().catch((error: unknown) => {
      if (!(error instanceof ConfigProblem)) throw error
      throw new Refusal(ownProblem('cli.setting', error.message, 500))
    }),
  prepareKey: (name, role) => prepareKey(name, role, Date.now()),
  async serve() {
    serving = true
    await runService()
  },
  newId: randomUUID,
})
if (!serving) process.exit(status)
