import { existsSync, globSync } from 'node:fs'
import { createServer } from 'node:net'

/** Where Debian's packages put a program: the newest, where there are several; null when it is not installed. */
export function findProgram(...patterns: string[]): string | null {
  return globSync(patterns).filter(existsSync).toSorted().at(-1) ?? null
}

/** Ports of the loopback that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = servers.map(
    (server) =>
      new Promise<number>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address()
          resolve(typeof address === 'object' && address ? address.port : 0)
        })
      }),
  )
  const found = await Promise.all(ports)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return found
}
