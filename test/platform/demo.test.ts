import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../src/platform/config.ts'
import { type Service, startService } from '../../src/platform/node/start-service.ts'

let folder: string
let running: Service[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-demo-'))
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((service) => service.stop()))
  rmSync(folder, { recursive: true, force: true })
})

async function start(TOCSIN_DATA: string): Promise<Service> {
  const service = await startService(readEnvironment({ TOCSIN_DATA, TOCSIN_PORT: '0' }), {})
  running.push(service)
  return service
}

describe('the demo', () => {
  it('does not take the folder of a demo that runs, whose phones would hear no push any more', async () => {
    const first = await start(folder)
    await expect(start(folder)).rejects.toThrow(/^TOCSIN_DATA: a demo already runs in /)
    running = []
    await first.stop()
    expect((await start(folder)).demo).toBe(true)
  })

  it('can begin after and beside a drill that was played by itself', async () => {
    await start(join(folder, 'drill'))
    expect((await start(folder)).demo).toBe(true)
  })
})
