import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAcks } from './benches/acks.ts'
import { runDispatch } from './benches/dispatch.ts'
import { runFailover } from './benches/failover.ts'
import { runFirstMessage } from './benches/first-message.ts'
import { runImport } from './benches/import.ts'
import { runPaced } from './benches/paced.ts'
import { runPush } from './benches/push.ts'
import { runRecover } from './benches/recover.ts'
import { runScale } from './benches/scale.ts'
import { runStart } from './benches/start.ts'
import { runTree } from './benches/tree.ts'
import { cleanUpAtEnd } from './measure/clean-up.ts'
import { type Options, readOptions, USAGE } from './measure/options.ts'
import { shown } from './measure/results.ts'
import { readResults, writeTable } from './measure/write-table.ts'

interface Bench {
  run(options: Options): Promise<void>
  /** Needs the packages of `bench/peers`. */
  peers: boolean
}

const BENCHES: Record<string, Bench> = {
  dispatch: { run: runDispatch, peers: true },
  'first-message': { run: runFirstMessage, peers: true },
  scale: { run: runScale, peers: true },
  paced: { run: runPaced, peers: false },
  acks: { run: runAcks, peers: false },
  push: { run: runPush, peers: false },
  failover: { run: runFailover, peers: false },
  recover: { run: runRecover, peers: false },
  tree: { run: runTree, peers: false },
  import: { run: runImport, peers: false },
  start: { run: runStart, peers: false },
}

const options = read()
if (options.table === null) await measure(options)
else process.stdout.write(writeTable(readResults(readFileSync(options.table, 'utf8'))))

function read(): Options {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(2)
  }
}

async function measure(options: Options): Promise<void> {
  const names = options.names.length > 0 ? options.names : Object.keys(BENCHES)
  const unknown = names.find((name) => !(name in BENCHES))
  if (unknown !== undefined) {
    console.error(`There is no bench "${unknown}". There are: ${Object.keys(BENCHES).join(', ')}.`)
    process.exit(2)
  }
  const chosen = Object.entries(BENCHES).filter(([name]) => names.includes(name))
  cleanUpAtEnd()
  if (chosen.some(([, { peers }]) => peers)) installPeers()
  let failed = false
  for (const [name, { run }] of chosen) {
    console.error(name)
    try {
      await run(options)
    } catch (error) {
      // The others are measured all the same.
      failed = true
      console.error(`  ${name} failed: ${error instanceof Error ? error.message : error}`)
    }
  }
  console.error(`\n${writeTable(shown)}`)
  process.exit(failed ? 1 : 0)
}

/** What the peers need, as their lock file says. Without it the bench goes on, and names who is missing. */
function installPeers(): void {
  const folder = join(import.meta.dirname, 'peers')
  if (existsSync(join(folder, 'node_modules'))) return
  try {
    execFileSync('npm', ['ci', '--prefix', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  } catch {
    console.error('The packages of the peers could not be installed.')
  }
}
