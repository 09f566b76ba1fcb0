#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { assertNodeVersion } from './node-version.ts'

assertNodeVersion()
process.umask(0o077)
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/compile'))
const { runService } = await import('./run-service.ts')
await runService()
