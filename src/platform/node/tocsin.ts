#!/usr/bin/env node
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { assertNodeVersion } from './node-version.ts'

assertNodeVersion()
// Reports hold names: what is written here is for this account only.
process.umask(0o077)
const { runCli } = await import('../../cli/run-cli.ts')
const { openLocal } = await import('./open-local.ts')
const { runService } = await import('./run-service.ts')
const { ConfigProblem } = await import('../config.ts')

let serving = false
try {
  const status = await runCli(process.argv.slice(2), {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    readFile: (path) => readFile(path),
    writeFile: (path, content) => writeFile(path, content),
    remote: (_url, key) => (request) => {
      request.headers.set('authorization', `Bearer ${key}`)
      return fetch(request)
    },
    local: openLocal,
    async serve() {
      serving = true
      await runService()
    },
    newId: randomUUID,
  })
  if (!serving) process.exit(status)
} catch (error) {
  if (!(error instanceof ConfigProblem) && !(error instanceof Error && 'syscall' in error)) throw error
  console.error(error.message)
  process.exit(1)
}
