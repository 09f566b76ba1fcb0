import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AlertView } from '../../contract/alerts.ts'
import { readEnvironment } from '../config.ts'
import { DRILL_FOLDER, refuseLiveFolder } from './open-home.ts'
import { prepareDemo } from './prepare-demo.ts'
import { endStart } from './run-service.ts'
import { SAMPLE_TEMPLATES, SAMPLE_TREE } from './sample-organisation.ts'
import { type Service, startService } from './start-service.ts'

/** How much faster than people the simulated crowd answers, so that the whole drill fits in half a minute. */
const SPEED = 12
const VOICE_AFTER = 'PT4S'
const LONGEST = 22_000
const TEMPLATE = 'Evacuation drill at once'

const say = (line: string) => process.stdout.write(`${line}\n`)
process.umask(0o077)
const service = await start().catch(endStart)
const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await service.askAsHost(new Request(`${service.url}/api/v1${path}`, init))
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

const { imported } = await prepareDemo(service)
say(
  imported
    ? `People imported: ${imported.created} new, in the tree "${SAMPLE_TREE}"`
    : 'People: those of the last demo',
)
const [evacuate] = SAMPLE_TEMPLATES
const known = await service.deps.store.templates.find(TEMPLATE)
if (!known) {
  await ask('POST', '/templates', {
    ...evacuate,
    name: TEMPLATE,
    plan: [
      { after: 'PT0S', channels: ['push', 'sms'] },
      { after: VOICE_AFTER, channels: ['voice'] },
    ],
  })
}
service.simulator?.startCrowd(7, { speed: SPEED })
const { id } = await ask<AlertView>('POST', '/alerts', { template: TEMPLATE, trees: [SAMPLE_TREE], kind: 'drill' })
say('Drill raised over push and SMS; who has not answered is called a few seconds later')

const started = Date.now()
let alert = await ask<AlertView>('GET', `/alerts/${id}`)
let last = ''
while (Date.now() - started < LONGEST && alert.counts.acknowledged < alert.audience) {
  await new Promise((resolve) => setTimeout(resolve, 500))
  alert = await ask<AlertView>('GET', `/alerts/${id}`)
  const line = `  ${alert.counts.acknowledged} of ${alert.audience} answered`
  if (line !== last) say(line)
  last = line
}
service.simulator?.stopCrowd()
const closed = await ask<AlertView>('POST', `/alerts/${id}/close`)

const folder = join(readEnvironment(process.env).TOCSIN_DATA, DRILL_FOLDER, 'reports', id)
mkdirSync(folder, { recursive: true })
for (const form of ['json', 'csv', 'html']) {
  const response = await service.askAsHost(new Request(`${service.url}/api/v1/reports/${id}.${form}`))
  writeFileSync(join(folder, `report.${form}`), new Uint8Array(await response.arrayBuffer()))
}
say(`Report written to ${folder}`)
const report = await ask<{ channels: { channel: string; acknowledged: number }[] }>('GET', `/reports/${id}.json`)
await service.stop()
const byChannel = Object.fromEntries(report.channels.map(({ channel, acknowledged }) => [channel, acknowledged]))
const { audience, counts, unreachable, responses, unclear } = closed
say(
  JSON.stringify({
    alert: id,
    audience,
    counts,
    unreachable,
    responses,
    unclear,
    acknowledgedBy: byChannel,
    report: folder,
  }),
)
process.exit(0)

/** In a folder of its own: the demo of `npm start` may run beside it, and keeps its phones and templates. */
async function start(): Promise<Service> {
  const { TOCSIN_DATA } = readEnvironment(process.env)
  refuseLiveFolder(TOCSIN_DATA)
  const settings = { TOCSIN_DEMO: '1', TOCSIN_PORT: '0', TOCSIN_SECRET: '', TOCSIN_CARRIERS: '' }
  const environment = { ...process.env, ...settings, TOCSIN_DATA: join(TOCSIN_DATA, DRILL_FOLDER) }
  return startService(readEnvironment(environment), process.env)
}
