import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alertBody } from '../../src/contract/alerts.ts'
import { templateBody } from '../../src/contract/templates.ts'
import { treeBody } from '../../src/contract/trees.ts'
import { fieldsOf } from '../../src/http/describe-shape.ts'
import { readCarriers } from '../../src/platform/config.ts'
import { type Rig, startRig, TOKEN } from '../harness/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const sample = (file: string) => readFileSync(join(import.meta.dirname, '../../samples', file), 'utf8')

describe('whoever sets a service up', () => {
  it('reads in the documentation what a template, a tree and an alert are made of', async () => {
    const page = await (await rig.ask('/api/v1/docs', { as: '' })).text()
    for (const shape of [templateBody, treeBody, alertBody]) {
      for (const { path } of fieldsOf(shape)) expect(page).toContain(`<code>${path}</code>`)
    }
    expect(fieldsOf(templateBody).map(({ path }) => path)).toContain('plan[].channels')
    expect(fieldsOf(templateBody).map(({ path }) => path)).toContain('texts.*.title')
    expect(page).toContain('<code>refused</code> (may be left out)')
  })

  it('has an alert to raise once the samples are imported, as the README says', async () => {
    const people = await rig.importPeople(sample('people.csv'), 'Everyone')
    expect(await people.json()).toMatchObject({ created: 4, refused: 0, unknownColumns: [], tree: { problems: [] } })
    for (const json of JSON.parse(sample('templates.json')) as unknown[]) {
      expect((await rig.ask('/api/v1/templates', { method: 'POST', json })).status).toBe(201)
    }
    const tree = { method: 'POST', json: JSON.parse(sample('tree.json')) as unknown }
    expect((await rig.ask('/api/v1/trees', tree)).status).toBe(201)
    const raised = await rig.raise({ template: 'Evacuate the building', trees: ['Everyone', 'Crisis team'] })
    expect(raised.audience).toBe(4)
  })

  it('has an alert of every strategy to raise, which begins with those whom it should begin with', async () => {
    await rig.importPeople(sample('people.csv'), 'Everyone')
    const templates = JSON.parse(sample('templates-by-strategy.json')) as { name: string; strategy: string }[]
    expect(templates.map(({ strategy }) => strategy)).toEqual(['cascade', 'relay', 'quorum'])
    const begun: Record<string, number> = {}
    for (const json of templates) {
      expect((await rig.ask('/api/v1/templates', { method: 'POST', json })).status).toBe(201)
      const { id } = await rig.raise({ template: json.name })
      await rig.advance(2_000)
      const turns = (await rig.recipients(id)).filter(({ deliveries }) => deliveries.length > 0)
      begun[json.strategy] = turns.length
      await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
    }
    expect(begun).toEqual({ cascade: 1, relay: 1, quorum: 2 })
  })

  it('has carriers to begin with, also for a satellite or radio gateway', () => {
    const secret = `whsec_${'A'.repeat(43)}=`
    const carriers = readCarriers(sample('carriers-with-webhook.json'), {
      TWILIO_AUTH_TOKEN: TOKEN,
      GATEWAY_SECRET: secret,
    })
    expect(carriers).toMatchObject([
      { name: 'first', authToken: TOKEN },
      { name: 'sat', kind: 'webhook', secret, allowedTargets: [{ prefix: 24 }, { host: 'radio.example.org' }] },
    ])
  })
})
