import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportResult } from '../../src/contract/people.ts'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const fileOf = (people: number) =>
  ['id,name,mobile,reports to']
    .concat(
      Array.from({ length: people }, (_, at) => {
        const number = `+4477009${String(at).padStart(5, '0')}`
        return `P${at},Person ${at},${number},${at === 0 ? '' : 'P0'}`
      }),
    )
    .join('\n')

/** How often others had their turn, and the longest processor time between two turns in milliseconds. */
function watchTurns() {
  let turns = 0
  let running = true
  let longest = 0
  let before = process.threadCpuUsage()
  const turn = () => {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1_000)
    before = process.threadCpuUsage()
    turns++
    if (running) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    running = false
    return { turns, longest }
  }
}

describe('an import of thousands', () => {
  it('lets sending and callbacks have their turn all the while, in the preview as well', {
    timeout: 60_000,
  }, async () => {
    const stop = watchTurns()
    const response = await rig.ask('/api/v1/people/imports?mode=preview&tree=All', {
      method: 'POST',
      body: fileOf(4_000),
    })
    const { turns, longest } = stop()
    expect(response.status).toBe(201)
    expect(turns).toBeGreaterThan(40)
    process.stdout.write(`preview of 4,000 rows: ${Math.round(longest)} ms of processor at a time\n`)
  })

  it('is written whole, and remembered short enough for one value of the database', { timeout: 120_000 }, async () => {
    const headers = { 'idempotency-key': 'import-1' }
    const ask = () =>
      rig.ask('/api/v1/people/imports?mode=apply&tree=All', { method: 'POST', body: fileOf(12_000), headers })
    const first = (await (await ask()).json()) as ImportResult
    expect([first.created, first.rows.length, first.rowsLeftOut]).toEqual([12_000, 12_000, undefined])
    const again = (await (await ask()).json()) as ImportResult
    expect(again).toMatchObject({ id: first.id, created: 12_000, rows: [], rowsLeftOut: 12_000 })
    let people = 0
    for await (const page of rig.deps.store.people.pages()) people += page.length
    expect(people).toBe(12_000)
  })
})
