import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StackTable } from './profile.ts'
import { depthFirst } from './stack-order.ts'

/** Any table with parent < row; each row's location is its own number, so that rows can be told apart. */
const tables = fc.array(fc.nat(), { maxLength: 60 }).map((picks): StackTable => {
  const parent = Int32Array.from([-1, ...picks.map((pick, i) => pick % (i + 1))])
  return { length: parent.length, parent, location: parent.map((_, row) => row - 1) }
})

const pathOf = ({ location, parent }: StackTable, row: number) => {
  const path: number[] = []
  for (let r = row; r > 0; r = parent[r]) path.push(location[r])
  return path
}

describe('stack rows', () => {
  it('come depth first, and every sample keeps its stack', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const stack = Int32Array.from({ length: table.length + 1 }, (_, s) => s - 1)
        const { stacks, stack: moved } = depthFirst(table, stack)
        expect(moved[0]).toBe(-1)
        for (let s = 1; s < stack.length; s++) expect(pathOf(stacks, moved[s])).toEqual(pathOf(table, stack[s]))
        const open: number[] = [-1]
        for (let row = 0; row < stacks.length; row++) {
          while (open.at(-1) !== stacks.parent[row]) expect(open.pop()).toBeDefined()
          open.push(row)
        }
      }),
    )
  })

  it('stay as they are when they are in order, and keep the order of siblings', () => {
    const sorted = {
      length: 4,
      parent: Int32Array.from([-1, 0, 1, 0]),
      location: Int32Array.from([-1, 5, 6, 7]),
    }
    expect(depthFirst(sorted, new Int32Array(0)).stacks).toBe(sorted)
    const mixed = {
      length: 5,
      parent: Int32Array.from([-1, 0, 0, 1, 1]),
      location: Int32Array.from([-1, 5, 6, 7, 8]),
    }
    expect(Array.from(depthFirst(mixed, new Int32Array(0)).stacks.location)).toEqual([-1, 5, 7, 8, 6])
  })
})
