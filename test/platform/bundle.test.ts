import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

it('starts as the few files that "npm start" runs, with its database, carriers and documentation', {
  timeout: 120_000,
}, async () => {
  await build({ configFile: join(ROOT, 'src/platform/node/vite.config.ts'), logLevel: 'error' })
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bundle-'))
  const { PATH = '' } = process.env
  const service = spawn(process.execPath, [join(ROOT, 'dist/service/node/main.js')], {
    env: { PATH, TOCSIN_DATA: folder, TOCSIN_PORT: '0' },
  })
  const ended = new Promise((resolve) => service.once('close', resolve))
  try {
    let said = ''
    const url = await new Promise<string>((resolve, reject) => {
      service.stderr.on('data', (data: Buffer) => reject(new Error(String(data))))
      service.stdout.on('data', (data: Buffer) => {
        said += String(data)
        const at = /Simulated phones: (\S+)\/phones\n/.exec(said)?.[1]
        if (at) resolve(at)
      })
    })
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ok: true, channels: ['push', 'sms', 'voice'] })
    expect(await (await fetch(`${url}/api/v1/docs`)).text()).toContain('plan[].channels')
  } finally {
    service.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
})
