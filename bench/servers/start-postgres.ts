import { execFileSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../measure/clean-up.ts'
import { findProgram, freePorts } from './find-program.ts'
import { endServer, removeFolder, runServer, type Server } from './run-server.ts'

export const POSTGRES_PACKAGE = 'apt-get install --no-install-recommends postgresql'

/** PostgreSQL as Debian has it: every commit is synced. */
export async function startPostgres(): Promise<Server | null> {
  const program = findProgram('/usr/lib/postgresql/*/bin/postgres')
  if (!program) return null
  const [port = 0] = await freePorts(1)
  const folder = makeFolder('postgres')
  const owner = readOwner()
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const make = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']
  execFileSync(join(program, '../initdb'), make, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=256MB']
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const child = await runServer(program, args, port, { ...owner, cwd: folder })
  return {
    pids: [child.pid ?? 0],
    environment: { POSTGRES_URL: `postgres://postgres@127.0.0.1:${port}/postgres` },
    async stop() {
      // SIGINT is its fast end (https://www.postgresql.org/docs/15/server-shutdown.html).
      await endServer(child, 'SIGINT')
      removeFolder(folder)
    },
  }
}

/** It refuses to run as root: then as the account that its package made. */
function readOwner(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {}
  const read = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: read('-u'), gid: read('-g') }
}
