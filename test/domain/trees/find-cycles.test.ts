import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeCycle, findCycles } from '../../../src/domain/trees/find-cycles.ts'

describe('finding loops among people who call each other', () => {
  it('names each loop in calling order, beginning with who stands first', () => {
    const cycles = findCycles([
      { person: 'Ana', parent: 'Cy' },
      { person: 'Bo', parent: 'Ana' },
      { person: 'Cy', parent: 'Bo' },
      { person: 'Di', parent: 'Di' },
      { person: 'Ed', parent: 'Ana' },
      { person: 'Fi' },
    ])
    expect(cycles).toEqual([['Ana', 'Bo', 'Cy'], ['Di']])
    expect(cycles.map((cycle) => describeCycle(cycle, (id) => id))).toEqual(['Ana → Bo → Cy → Ana', 'Di → Di'])
  })

  it('finds a loop of 100,000 people, and none in a line of as many, without running out of stack', () => {
    const line = Array.from({ length: 100_000 }, (_, i) =>
      i === 0 ? { person: 'p0' } : { person: `p${i}`, parent: `p${i - 1}` },
    )
    expect(findCycles(line)).toEqual([])
    const [cycle] = findCycles([{ person: 'p0', parent: 'p99999' }, ...line.slice(1)])
    expect(cycle).toHaveLength(100_000)
    expect(describeCycle(cycle ?? [], (id) => id).length).toBeLessThan(1000)
  })

  it('agrees with walking up from every person by hand', () => {
    const graph = fc
      .integer({ min: 1, max: 12 })
      .chain((size) => fc.array(fc.option(fc.integer({ min: 0, max: size })), { minLength: size, maxLength: size }))
    fc.assert(
      fc.property(graph, (parents) => {
        const nodes = parents.map((parent, i) =>
          parent === null ? { person: `${i}` } : { person: `${i}`, parent: `${parent}` },
        )
        const inLoop = parents.map((_, start) => {
          let at = parents[start]
          for (let step = 0; step < parents.length; step++) {
            if (at === start) return true
            at = at === null || at === undefined ? at : parents[at]
          }
          return false
        })
        const found = findCycles(nodes)
        expect(
          found
            .flat()
            .map(Number)
            .sort((a, b) => a - b),
        ).toEqual(inLoop.flatMap((loops, i) => (loops ? [i] : [])))
        for (const cycle of found) {
          cycle.forEach((person, i) => {
            const next = cycle[(i + 1) % cycle.length]
            expect(`${parents[Number(next)]}`).toBe(person)
          })
        }
      }),
      { numRuns: 1000 },
    )
  })
})
