import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const RUNBOOK = join(import.meta.dirname, '../../runbooks/sms-gateway.md')
const PROGRAMS = {
  bearerbox: '/usr/sbin/bearerbox',
  smsbox: '/usr/sbin/smsbox',
  fakesmsc: '/usr/lib/kannel/test/fakesmsc',
}
const LONGEST_WAIT = 15_000

/** A text as the network got it. */
export interface NetworkText {
  from: string
  to: string
  text: string
}

export interface Kannel {
  sendsmsUrl: string
  /** Starts the gateway with the runbook's own configuration; the network is a simulated one. */
  start(serviceUrl: string, secrets: { password: string; token: string }): Promise<void>
  /** Somebody texts: `encoding` is `text`, or `ucs2` with the text escaped. Resolves when the network has sent it on. */
  text(from: string, to: string, encoding: 'text' | 'ucs2', text: string): Promise<void>
  /** What has arrived in the network, with the parts of long texts put together. */
  arrived(): NetworkText[]
  stop(): Promise<void>
}

/** Kannel's own programs on free ports of the loopback, in a folder of their own. */
export async function installKannel(): Promise<Kannel> {
  const missing = Object.values(PROGRAMS).filter((path) => !existsSync(path))
  if (missing.length > 0) {
    throw new Error(`Install the Debian packages kannel and kannel-extras: ${missing.join(', ')} are missing.`)
  }
  const [admin, boxes, network, sendsms] = await freePorts(4)
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-kannel-'))
  const running: ChildProcess[] = []
  let phones: ChildProcess | null = null
  let heard = ''
  let texted = 0

  const run = (program: keyof typeof PROGRAMS, ...options: string[]) => {
    const child = spawn(PROGRAMS[program], options, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
    running.unshift(child)
    child.stderr?.resume()
    return child
  }
  return {
    sendsmsUrl: `http://127.0.0.1:${sendsms}/cgi-bin/sendsms`,
    async start(serviceUrl, { password, token }) {
      const file = join(folder, 'kannel.conf')
      mkdirSync(join(folder, 'spool'))
      const conf = readRunbook()
        .replace(/group = smsc\n[\s\S]*?\n\n/, `group = smsc\nsmsc = fake\nsmsc-id = modem\nport = ${network}\n\n`)
        .replace('13000', String(admin))
        .replace('13001', String(boxes))
        .replace('13013', String(sendsms))
        .replace('/var/spool/kannel', join(folder, 'spool'))
        .replace('http-queue-delay = 10', 'http-queue-delay = 1')
        .replace('http://127.0.0.1:8787', serviceUrl)
        .replace('GATEWAY_TOKEN', token)
        .replace('GATEWAY_PASSWORD', password)
        .replace('YOUR-NUMBER', '+441632960001')
      writeFileSync(file, conf, { mode: 0o600 })
      run('bearerbox', file).stdout?.resume()
      await Promise.all([boxes, network].map(listening))
      run('smsbox', file).stdout?.resume()
      await listening(sendsms)
      phones = run('fakesmsc', '-H', '127.0.0.1', '-r', String(network))
      phones.stderr?.on('data', (chunk) => {
        heard += chunk
      })
      phones.stdout?.on('data', (chunk) => {
        heard += chunk
      })
    },
    async text(from, to, encoding, text) {
      phones?.stdin?.write(`${from} ${to} ${encoding} ${text}\n`)
      // It reads its input line by line, and leaves a second line that comes with the first.
      const mark = `fakesmsc: sent message ${++texted}\n`
      await until(() => heard.includes(mark), 'the network sends no text')
    },
    arrived: () => readNetwork(heard),
    async stop() {
      for (const child of running) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readRunbook(): string {
  const block = /```ini\n([\s\S]*?)```/.exec(readFileSync(RUNBOOK, 'utf8'))?.[1]
  if (block === undefined) throw new Error('the runbook has no configuration')
  return block.replace(/^ {3}/gm, '')
}

/** The simulated network shows `from to text …`, or for a part `from to udh … data …`, the last two escaped. */
function readNetwork(shown: string): NetworkText[] {
  const texts = new Map<string, NetworkText>()
  for (const [, number = '', line = ''] of shown.matchAll(/Got message (\d+): <(\S+ \S+ .*)>$/gm)) {
    const [from = '', to = '', kind = '', ...rest] = line.split(' ')
    // Parts of one text share the first four bytes of their header (3GPP TS 23.040, 9.2.3.24.1).
    const key = kind === 'udh' ? `${to} ${rest[0]?.slice(0, 12)}` : number
    const escaped = kind === 'text' ? encodeURIComponent(rest.join(' ')) : (rest.at(-1) ?? '')
    texts.set(key, { from, to, text: (texts.get(key)?.text ?? '') + escaped })
  }
  return Array.from(texts.values(), (text) => ({ ...text, text: unescapeText(text.text) }))
}

/** In two bytes for each letter some are zero; in 7-bit texts none is. */
function unescapeText(escaped: string): string {
  const latin = escaped
    .replaceAll('+', ' ')
    .replace(/%([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  const bytes = Buffer.from(latin, 'latin1')
  return new TextDecoder(bytes.includes(0) ? 'UTF-16BE' : 'UTF-8').decode(bytes)
}

/** Ports of the loopback that nobody listens on at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Resolves when something listens there. */
async function listening(port: number | undefined): Promise<void> {
  const opens = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port ?? 0, '127.0.0.1', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
  await until(opens, `nothing listens on port ${port}`)
}

/** Looks again and again: these programs do not say when they are ready. */
async function until(condition: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + LONGEST_WAIT
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(otherwise)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
