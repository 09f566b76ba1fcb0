import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlertView } from '../../src/contract/alerts.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type CallTree, startCallTree } from '../harness/call-tree.ts'

const SMS = [{ after: 'PT0S', channels: ['sms' as const] }]

let tree: CallTree
beforeEach(async () => {
  tree = await startCallTree()
})
afterEach(() => tree.rig.close())

const close = (id: string) => tree.rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
const stand = ({ audience, waiting, unreachable, counts }: AlertView) => ({ audience, waiting, unreachable, counts })
const importRows = (count: number, above: string) =>
  tree.rig.importPeople(
    [
      'id,name,mobile,reports to',
      ...Array.from({ length: count }, (_, n) => `R${n},Row ${n},+4477009${10_000 + n},${n === 0 ? '' : above}`),
    ].join('\n'),
  )

describe('an alert that is ended at once', () => {
  it('has not reached those with whom the tree begins, and whose turn had not come is neither waiting nor missed', async () => {
    await tree.importPlaces([['Ada'], ['Ben', 'Ada'], ['Cem', 'Ada']])
    await tree.rig.saveTemplate({ strategy: 'cascade', plan: SMS })
    const { id, waiting } = await tree.rig.raise()
    expect(waiting).toBe(2)
    await close(id)
    await tree.pass(SECOND)
    expect(await tree.rig.alert(id)).toMatchObject({ waiting: 0, unreachable: 1, counts: { planned: 3 } })
    expect((await tree.rowOf(id, 'Ada'))?.unreachable).toBe('not reached before the end')
    expect((await tree.rowOf(id, 'Ben'))?.unreachable).toBeUndefined()
  })

  it('has missed everybody of a broadcast, whether seated before the end or after it', async () => {
    await importRows(700, '')
    await tree.rig.saveTemplate({ strategy: 'broadcast', plan: SMS })
    const { id } = await tree.rig.raise()
    await close(id)
    await tree.pass(SECOND)
    const { counts, ...rest } = stand(await tree.rig.alert(id))
    expect(rest).toEqual({ audience: 700, waiting: 0, unreachable: 700 })
    expect(counts.planned).toBe(700)
    expect(tree.sent()).toEqual([])
  })
})

describe('a commander who was told that an alert ends soon before getting a seat in it', () => {
  it('waits for a turn like everybody else, and is contacted when it comes', async () => {
    await importRows(504, 'R0')
    const who = (await tree.deps.store.people.all()).find(({ name }) => name === 'Row 503')
    const account = { id: tree.deps.newId(), personId: who?.id ?? '', name: 'Row 503', role: 'commander' } as const
    await tree.deps.store.commit([tree.deps.store.access.saveAccount(account, tree.deps.clock())])
    await tree.rig.saveTemplate({ strategy: 'cascade', hold: 'PT1M', lifetime: 'PT10M', plan: SMS })
    const { id } = await tree.rig.raise()
    // The service was down meanwhile.
    await tree.rig.clock.advance(8 * MINUTE, async () => {})
    await tree.pass(0)
    expect(await tree.rig.alert(id)).toMatchObject({ audience: 504, waiting: 503 })
    await tree.answer(id, 'Row 0', 'yes')
    await tree.pass(SECOND)
    expect(await tree.rig.alert(id)).toMatchObject({ waiting: 0, counts: { accepted: 503, acknowledged: 1 } })
    const seat = await tree.deps.store.alerts.recipientOf(id, who?.id ?? '')
    expect(seat?.because).toMatchObject({ why: 'parent_answered' })
  })
})
