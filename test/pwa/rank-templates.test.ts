import { describe, expect, test } from 'vitest'
import { likelyTrees, rankTemplates } from '../../pwa/state/rank-templates.ts'
import type { TemplateView } from '../../src/contract/templates.ts'
import { sampleAlert } from './sample-board.ts'

const template = (id: string, severity: TemplateView['severity']): TemplateView => ({
  ...{
    id,
    version: 1,
    name: id,
    severity,
    strategy: 'broadcast',
    plan: [],
    texts: {},
    responses: [],
    lifetime: 'PT12H',
  },
})
const raised = (id: string, tree: string, raisedAt: string) =>
  sampleAlert({ template: { id, name: id }, trees: [{ id: tree, name: tree, version: 1 }], raisedAt })

describe('raising in three taps', () => {
  test('the templates raised most come first, then the gravest', () => {
    const templates = [template('storm', 'minor'), template('fire', 'extreme'), template('cyber', 'severe')]
    const ids = rankTemplates(templates, [raised('storm', 'all', '2026-11-01T00:00:00.000Z')]).map(({ id }) => id)
    expect(ids).toEqual(['storm', 'fire', 'cyber'])
  })

  test('the only tree is chosen already', () => {
    expect(likelyTrees('fire', [{ id: 'all' }], [])).toEqual(['all'])
  })

  test('of several trees, those of the last alert from the same template are chosen', () => {
    const alerts = [
      raised('fire', 'night', '2026-11-02T00:00:00.000Z'),
      raised('fire', 'day', '2026-11-01T00:00:00.000Z'),
      raised('cyber', 'day', '2026-11-03T00:00:00.000Z'),
    ]
    expect(likelyTrees('fire', [{ id: 'day' }, { id: 'night' }], alerts)).toEqual(['night'])
  })

  test('nothing is chosen when the tree of the last alert is gone, or when there was none', () => {
    const trees = [{ id: 'day' }, { id: 'night' }]
    expect(likelyTrees('fire', trees, [raised('fire', 'gone', '2026-11-02T00:00:00.000Z')])).toEqual([])
    expect(likelyTrees('fire', trees, [])).toEqual([])
  })
})
