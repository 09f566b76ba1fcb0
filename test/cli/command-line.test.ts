import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import type { CliHost } from '../../src/cli/host.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { HOST } from '../../src/http/route.ts'
import { prepareKey } from '../../src/platform/prepare-key.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

let rig: Rig
let out: string[]
let err: string[]
let files: Map<string, string>
let host: CliHost

beforeEach(async () => {
  rig = await startRig()
  out = []
  err = []
  files = new Map()
  host = {
    version: '0',
    environment: { url: undefined, key: undefined },
    prepareKey: (name, role) => prepareKey(name, role, rig.clock.now()),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    readFile: async (path) => new TextEncoder().encode(files.get(path) ?? ''),
    writeFile: async (path, content) => void files.set(path, new TextDecoder().decode(content)),
    remote: (_url, key) => async (request) => {
      request.headers.set('authorization', `Bearer ${key}`)
      return rig.app.fetch(request, {})
    },
    local: async () => ({
      transport: async (request) => rig.app.fetch(request, { [HOST]: true }),
      dispatch: async () => void (await dispatchDue(rig.deps)),
      close: async () => {},
    }),
    serve: async () => {},
    newId: () => rig.deps.newId(),
  }
})
afterEach(() => rig.close())

const run = (...argv: string[]) => runCli(argv, host)

describe('the command line on the host', () => {
  it('imports people, raises a drill, sends it by itself, and writes the report', async () => {
    files.set('people.csv', 'id,name,mobile\nA,Amira Ward,+447700900101\nB,Ben Holt,+447700900102')
    files.set('flood.json', JSON.stringify(TEMPLATE))
    expect(await run('people', 'import', 'people.csv', '--tree', 'Everyone')).toBe(0)
    expect(await run('templates', 'import', 'flood.json')).toBe(0)
    expect(await run('alert', 'raise', '--template', 'Flood', '--tree', 'Everyone', '--drill', '--json')).toBe(0)
    const alert = JSON.parse(out.at(-1) ?? '') as { id: string; counts: { accepted: number } }
    expect(alert.counts.accepted).toBe(2)
    expect(rig.simulator.messages()).toHaveLength(2)
    expect(await run('drill', 'report', alert.id, '--format', 'csv', '--out', 'report.csv')).toBe(0)
    expect(files.get('report.csv')).toContain('Amira Ward')
    expect(await run('alert', 'close', alert.id)).toBe(0)
  })

  it('names line, field and reason of a refused row, changes nothing, and answers 1', async () => {
    files.set('people.csv', 'name,mobile\nAmira Ward,112')
    expect(await run('people', 'import', 'people.csv')).toBe(1)
    expect(err.join()).toMatch(/line 2.*\[import\.refused_rows\]/)
    expect(await rig.deps.store.people.all()).toEqual([])
  })

  it('answers 2 for wrong use: neither drill nor live, or a command that does not exist', async () => {
    expect(await run('alert', 'raise', '--template', 'Flood', '--tree', 'Everyone')).toBe(2)
    expect(await run('sing')).toBe(2)
  })

  it('gives the problem as one JSON document with --json', async () => {
    expect(await run('alert', 'show', 'nothing', '--json')).toBe(1)
    expect(JSON.parse(out.join(''))).toMatchObject({ code: 'alert.unknown', status: 404 })
  })

  it('works against a running service only as far as its key may', async () => {
    const key = await rig.key('responder')
    expect(await run('people', 'list', '--url', 'https://alerts.example.org', '--key', key)).toBe(1)
    expect(err.join()).toContain('[access.role]')
    expect(await run('people', 'list', '--url', 'https://alerts.example.org')).toBe(2)
  })

  it('lists who can sign in, and removes or signs out one of them by name, or by id where the name is not enough', async () => {
    for (const name of ['Amira Ward', 'Ben Holt', 'Ben Holt']) {
      expect(await run('user', 'invite', name, '--role', 'responder')).toBe(0)
    }
    expect(await run('user', 'list')).toBe(0)
    expect(out.at(-1)).toMatch(/responder {2}Amira Ward {2}\(invited, until .*\n.*Ben Holt/)
    expect(await run('user', 'remove', 'Ben Holt')).toBe(1)
    expect(err.join()).toContain('[cli.ambiguous]')
    expect(await run('user', 'list', '--json')).toBe(0)
    const [, ben] = JSON.parse(out.at(-1) ?? '') as { id: string }[]
    expect(await run('user', 'remove', ben?.id ?? '')).toBe(0)
    expect(await run('user', 'sign-out', 'Ben Holt')).toBe(0)
    expect(await run('user', 'remove', 'Nobody')).toBe(1)
    expect(err.join()).toContain('[account.unknown]')
  })
})
