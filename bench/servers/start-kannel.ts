import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../measure/clean-up.ts'
import { findProgram, freePorts } from './find-program.ts'
import { endServer, removeFolder, runServer, type Server } from './run-server.ts'

export const KANNEL_PACKAGE = 'apt-get install --no-install-recommends kannel'

/** Kannel with a spool, in which a message is a file until it was taken, over its generic HTTP link to the sink. */
export async function startKannel(sinkUrl: string): Promise<Server | null> {
  const bearerbox = findProgram('/usr/sbin/bearerbox')
  const smsbox = findProgram('/usr/sbin/smsbox')
  if (!bearerbox || !smsbox) return null
  const [admin = 0, boxes = 0, link = 0, sendsms = 0] = await freePorts(4)
  const folder = makeFolder('kannel')
  mkdirSync(join(folder, 'store'))
  const file = join(folder, 'kannel.conf')
  writeFileSync(file, configure(folder, sinkUrl, { admin, boxes, link, sendsms }))
  const bearer = await runServer(bearerbox, [file], boxes, { cwd: folder })
  const sms = await runServer(smsbox, [file], sendsms, { cwd: folder })
  return {
    pids: [bearer.pid ?? 0, sms.pid ?? 0],
    environment: { KANNEL_URL: `http://127.0.0.1:${sendsms}` },
    async stop() {
      await endServer(sms)
      await endServer(bearer)
      removeFolder(folder)
    },
  }
}

function configure(
  folder: string,
  sinkUrl: string,
  ports: Record<'admin' | 'boxes' | 'link' | 'sendsms', number>,
): string {
  const groups: Record<string, string | number>[] = [
    {
      group: 'core',
      'admin-port': ports.admin,
      'admin-password': 'bench',
      'admin-deny-ip': '"*.*.*.*"',
      'admin-allow-ip': '127.0.0.1',
      'smsbox-port': ports.boxes,
      'box-deny-ip': '"*.*.*.*"',
      'box-allow-ip': '127.0.0.1',
      'log-file': `"${folder}/bearerbox.log"`,
      'log-level': 3,
      'access-log': `"${folder}/access.log"`,
      'store-type': 'spool',
      'store-location': `"${folder}/store"`,
      'sms-outgoing-queue-limit': 1_000_000,
      'dlr-storage': 'internal',
    },
    {
      group: 'smsc',
      smsc: 'http',
      'smsc-id': 'sink',
      'system-type': 'generic',
      'send-url': `"${sinkUrl}/send?to=%p&from=%P&text=%b"`,
      port: ports.link,
      'connect-allow-ip': '127.0.0.1',
      'status-success-regex': '"queued"',
      'max-pending-submits': 128,
      throughput: 0,
    },
    {
      group: 'smsbox',
      'bearerbox-host': '127.0.0.1',
      'sendsms-port': ports.sendsms,
      'sendsms-interface': '127.0.0.1',
      'global-sender': 12025550100,
      'log-file': `"${folder}/smsbox.log"`,
      'log-level': 3,
      'max-pending-requests': 10_000,
    },
    { group: 'sendsms-user', username: 'bench', password: 'bench', 'user-allow-ip': '127.0.0.1', 'max-messages': 1 },
  ]
  const lines = groups.map((group) => Object.entries(group).map(([name, value]) => `${name} = ${value}\n`))
  return lines.map((group) => group.join('')).join('\n')
}
