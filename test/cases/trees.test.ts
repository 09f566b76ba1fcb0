import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportResult } from '../../src/contract/people.ts'
import type { TreeView } from '../../src/contract/trees.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const LOOPS = readFileSync(join(import.meta.dirname, '../fixtures/cases/case-39-cycle.csv'), 'utf8')

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

describe('39: loops in a call tree', () => {
  it('are named in the preview and in the refusal, and nothing is half saved', async () => {
    const preview = await rig.ask('/api/v1/people/imports?mode=preview&tree=Loops', { method: 'POST', body: LOOPS })
    const { rows, applied } = (await preview.json()) as ImportResult
    expect(applied).toBe(false)
    const reasons = rows.map((row) => row.reason ?? '').join('\n')
    expect(reasons).toContain('Ana → Bo → Cy → Ana')
    expect(reasons).toContain('Di → Di')
    expect(reasons).toContain('Zed')
    const applying = await rig.importPeople(LOOPS, 'Loops')
    expect(applying.status).toBe(422)
    expect(await applying.json()).toMatchObject({ code: 'import.refused_rows' })
    expect(await rig.deps.store.people.all()).toEqual([])
    expect(await rig.deps.store.trees.find('Loops')).toBeNull()
  })

  it('cannot be made by two editors who save at once: one of them is told to look again', async () => {
    await rig.importPeople('id,name,mobile\nA,Ana,+447700900151\nB,Bo,+447700900152', 'Two')
    const { items } = await rig.deps.store.trees.list({ cursor: null, limit: 5 })
    const save = (nodes: { person: string; parent?: string }[]) =>
      rig.ask(`/api/v1/trees/${items[0]?.id}`, {
        method: 'PATCH',
        headers: { 'if-match': '"1"' },
        json: { name: 'Two', nodes },
      })
    const answers = await Promise.all([
      save([{ person: 'A' }, { person: 'B', parent: 'A' }]),
      save([{ person: 'B' }, { person: 'A', parent: 'B' }]),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const tree = (await (await rig.ask(`/api/v1/trees/${items[0]?.id}`)).json()) as TreeView
    expect(tree.version).toBe(2)
    expect(tree.nodes.filter((node) => node.parent === null)).toHaveLength(1)
  })

  it('are refused by the interface with their path by name', async () => {
    await rig.importPeople('id,name,mobile\nA,Ana,+447700900151\nB,Bo,+447700900152', 'Two')
    const nodes = [
      { person: 'A', parent: 'B' },
      { person: 'B', parent: 'A' },
    ]
    const response = await rig.ask('/api/v1/trees', { method: 'POST', json: { name: 'Round', nodes } })
    expect(response.status).toBe(422)
    const problem = (await response.json()) as { code: string; detail: string }
    expect(problem.code).toBe('tree.cycle')
    expect(problem.detail).toMatch(/Ana → Bo → Ana|Bo → Ana → Bo/)
  })
})
