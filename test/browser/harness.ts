import { mkdtempSync, rmSync } from 'node:fs'
import type { Agent } from 'node:https'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { invite } from '../../src/application/access/sign-in.ts'
import type { Deps } from '../../src/application/deps.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { createApp } from '../../src/http/create-app.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { readAsset } from '../../src/platform/node/assets.ts'
import { openDatabase } from '../../src/platform/node/database.ts'
import { startDispatcher } from '../../src/platform/node/dispatcher.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { TEMPLATE } from '../harness/rig.ts'

export const HOST: Actor = { kind: 'host' }

export interface AppServer {
  deps: Deps
  origin: string
  /** A one-time link for a commander who is also the person of this id in the tree, the first one when none is named. */
  link(externalId?: 'A' | 'B'): Promise<string>
  stop(): Promise<void>
}

/**
 * The real service on a real port, with push as its only carrier. `agentFor` leads the push services' public names to
 * their stand-ins on this machine.
 */
export async function startAppServer(agentFor: (endpoint: string) => Agent): Promise<AppServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-browser-'))
  const database = openDatabase(join(folder, 'tocsin.db'))
  const keyring = readKeyring(makeSecret())
  if (!keyring) throw new Error('no keyring')
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 })
  const server = serve({ fetch: (request) => answer(request), hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  let nudge = () => {}
  const deps = composeDeps({
    instance: 'test',
    database,
    keyring,
    settings: { organisation: 'Harbour Watch', publicUrl: origin, region: 'GB', language: 'en', demo: false },
    carriers: [
      { name: 'push', kind: 'webpush', channels: ['push'], subject: 'mailto:ops@example.org', trustedHosts: [] },
    ],
    fetch: (input, init) => fetchThrough(agentFor, String(input), init ?? {}),
    allowEndpoint: () => true,
    nudge: () => nudge(),
  })
  const app = createApp({ depsOf: () => deps, asset: (_c, path) => readAsset(path) })
  answer = (request) => app.fetch(request, {})
  const dispatcher = startDispatcher(deps)
  nudge = dispatcher.nudge
  const file = new TextEncoder().encode('id,name,mobile\nA,Amira Ward,+447700900101\nB,Ben Holt,+447700900102')
  await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
  await saveTemplate(deps, HOST, TEMPLATE, null, null)
  return {
    deps,
    origin,
    async link(wanted = 'A') {
      const people = await deps.store.people.all()
      const person = people.find(({ externalId }) => externalId === wanted)
      return (await invite(deps, HOST, { name: person?.name ?? '', role: 'commander', person: person?.id })).link
    },
    async stop() {
      await dispatcher.stop()
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function fetchThrough(agentFor: (endpoint: string) => Agent, url: string, init: RequestInit): Promise<Response> {
  const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer())
  const headers = Object.fromEntries(new Headers(init.headers))
  return new Promise((resolve, reject) => {
    const request = httpsRequest(url, { method: init.method ?? 'GET', headers, agent: agentFor(url) }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const answered = new Headers()
        for (const [name, value] of Object.entries(response.headers)) if (value) answered.set(name, String(value))
        resolve(new Response(Buffer.concat(parts), { status: response.statusCode ?? 500, headers: answered }))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
