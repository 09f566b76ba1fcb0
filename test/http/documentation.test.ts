import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alertBody } from '../../src/contract/alerts.ts'
import { templateBody } from '../../src/contract/templates.ts'
import { treeBody } from '../../src/contract/trees.ts'
import { fieldsOf } from '../../src/http/describe-shape.ts'
import { type Rig, startRig } from '../harness/rig.ts'

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
})
