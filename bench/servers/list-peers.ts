import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Options, wantsPeer } from '../measure/options.ts'
import { printMissing } from '../measure/results.ts'
import { findProgram } from './find-program.ts'
import type { Peer } from './peer-turn.ts'
import { KANNEL_PACKAGE, startKannel } from './start-kannel.ts'
import { POSTGRES_PACKAGE, startPostgres } from './start-postgres.ts'
import { REDIS_PACKAGE, startRedis } from './start-redis.ts'

const MODULES = join(import.meta.dirname, '../peers/node_modules')
const INSTALL_PEERS = 'npm ci --prefix bench/peers'

interface KnownPeer extends Peer {
  /** What must be there: of Debian's packages. */
  program?: string
}

export const BARE = 'undici dispatch'
const PEERS: readonly KnownPeer[] = [
  { name: BARE, driver: 'undici-dispatch' },
  { name: 'SDK, in sequence', driver: 'sdk', environment: { SDK_IN_FLIGHT: '1' } },
  { name: 'SDK, parallel', driver: 'sdk', environment: { SDK_IN_FLIGHT: '128' } },
  {
    name: 'BullMQ',
    driver: 'bullmq',
    server: startRedis,
    program: '/usr/bin/redis-server',
    install: REDIS_PACKAGE,
  },
  {
    name: 'pg-boss',
    driver: 'pg-boss',
    server: startPostgres,
    program: '/usr/lib/postgresql/*/bin/postgres',
    install: POSTGRES_PACKAGE,
  },
  {
    name: 'graphile-worker',
    driver: 'graphile-worker',
    server: startPostgres,
    program: '/usr/lib/postgresql/*/bin/postgres',
    install: POSTGRES_PACKAGE,
  },
  { name: 'Kannel', driver: 'kannel', server: startKannel, program: '/usr/sbin/bearerbox', install: KANNEL_PACKAGE },
]

/** The peers of a bench that can take part. Who cannot is named, with how to have it. */
export function findPeers(bench: string, names: readonly string[], options: Options): Peer[] {
  const wanted = PEERS.filter(({ name }) => names.includes(name) && wantsPeer(options, name))
  return wanted.filter(({ name, program, install }) => {
    if (!existsSync(MODULES)) {
      printMissing({ bench, missing: name, install: INSTALL_PEERS })
      return false
    }
    if (program === undefined || findProgram(program)) return true
    printMissing({ bench, missing: name, install: install ?? '' })
    return false
  })
}
