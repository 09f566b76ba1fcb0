import { makeFolder } from '../measure/clean-up.ts'
import { findProgram, freePorts } from './find-program.ts'
import { endServer, removeFolder, runServer, type Server } from './run-server.ts'

export const REDIS_PACKAGE = 'apt-get install --no-install-recommends redis-server'

/** Redis with its log on disk once a second, which is what its documentation recommends; ours syncs every commit. */
export async function startRedis(): Promise<Server | null> {
  const program = findProgram('/usr/bin/redis-server')
  if (!program) return null
  const [port = 0] = await freePorts(1)
  const folder = makeFolder('redis')
  const log = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction']
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--daemonize', 'no']
  const child = await runServer(program, [...place, ...log], port)
  return {
    pids: [child.pid ?? 0],
    environment: { REDIS_PORT: String(port) },
    async stop() {
      await endServer(child)
      removeFolder(folder)
    },
  }
}
